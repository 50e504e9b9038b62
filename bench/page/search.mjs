// How soon "Break it for me" finds what is wrong on purpose, in the page: a fresh browser opens a
// scenario by its link, orders through the dialog, and waits for the worker. Prints the seconds and
// the memory of both wasm instances, the page's and the worker's; fails above the limits.
//
//   cargo xtask bench
//
// Needs Chromium (CHROMIUM, or /usr/bin/chromium), playwright-core (NETSPLIT_MODULES), and the
// built site (dist/, or NETSPLIT_DIST). An argument chooses cases by a part of their names.
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, deflateRawSync } from "node:zlib";

const SECONDS = 30;
const MIB = 128;
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const site = process.env.NETSPLIT_DIST ?? join(root, "dist");
const modules = process.env.NETSPLIT_MODULES ?? join(root, "target/tools/browser/node_modules");
const { chromium } = createRequire(join(modules, "x.js"))("playwright-core");

// What is wrong, in what, what breaks, with at most which faults (the others 0), and whether the
// scenario's own operations stay. The same orders are in bench/src/explore/cold.rs.
const CASES = [
  {
    what: "Raft's Figure 8 without the current-term rule",
    text: "system raft nodes=3 noop=off commit_old_terms=on clients=2 end=6000\n",
    property: "No two decide differently",
    bounds: { Crashes: 2, Partitions: 5, Operations: 12 },
  },
  {
    what: "3PC under a partition",
    text: "system threepc clients=1 end=6000\n",
    property: "No two decide differently",
    bounds: { Partitions: 2, Crashes: 1, Operations: 3 },
  },
  {
    what: "the single-server membership bug",
    text:
      "system raft nodes=4 spares=1 noop=off early_change=on learner=off clients=2 end=4000\n" +
      "at 0 restart n5\nat 500 c1@leader add(n5)\nat 1100 c2@leader remove(n1)\n" +
      "at 1900 c1@leader put(x, 1)\n",
    property: "No two decide differently",
    bounds: { Partitions: 3, "One-way cuts": 2, Operations: 6 },
    keep: true,
  },
  {
    what: "Paxos as the documents tell it",
    text: "system paxos rules=doc000 clients=2 end=6000\n",
    property: "No two decide differently",
    bounds: { Crashes: 1, "Lost messages": 3, "Late messages": 3, Operations: 6 },
  },
  {
    what: "two copies of quorum by timestamps",
    text: "system quorum nodes=3 r=1 w=1 repair=off order=wall end=6000\n",
    property: "Clients see what one copy would show them",
    bounds: { Crashes: 1, Partitions: 1, "Lost messages": 3, Operations: 6 },
  },
];

const server = createServer(serve).listen(0, "127.0.0.1");
await new Promise((ready) => server.once("listening", ready));
const base = `http://127.0.0.1:${server.address().port}`;
const wanted = CASES.filter((it) => it.what.includes(process.argv[2] ?? ""));
const failures = [];
for (const it of wanted) {
  await measure(it);
}
server.close();
if (failures.length > 0) {
  console.error(failures.join("\n"));
  process.exitCode = 1;
}

async function measure(it) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
  try {
    const page = await browser.newPage();
    await page.addInitScript(keepMemory);
    const whole = Date.now();
    await page.goto(`${base}/#s=${link(it.text)}&lang=en`);
    await order(page, it);
    const asked = Date.now();
    await page.locator(".break-foot .primary").click();
    const past = (limit) => ({ timeout: limit * 1000 });
    const found = page.getByText(/^Found /).first();
    const seen = await found.waitFor(past(2 * SECONDS)).then(() => true, () => false);
    const seconds = (Date.now() - asked) / 1000;
    if (seen) {
      await page.locator(".break-lines").waitFor(past(2 * SECONDS));
    }
    const shown = (Date.now() - asked) / 1000;
    const opened = (asked - whole) / 1000;
    const worker = await page.workers()[0]?.evaluate(() => self.wasmMemory.buffer.byteLength);
    const own = await page.evaluate(() => self.wasmMemory.buffer.byteLength);
    const [mib, own_mib] = [(worker ?? 0) / 2 ** 20, own / 2 ** 20];
    const said = (await page.locator(".break-report p").first().textContent())?.trim();
    console.log(`${it.what}: ${seen ? "found" : "not found"} after ${seconds.toFixed(1)} s`);
    console.log(`  shown after ${shown.toFixed(1)} s: ${said}`);
    console.log(`  until the search began, the page took ${opened.toFixed(1)} s`);
    console.log(`  wasm ${mib.toFixed(0)} MiB in the worker, ${own_mib.toFixed(0)} in the page`);
    if (!seen || seconds + opened > SECONDS) {
      failures.push(`${it.what}: not found within ${SECONDS} s of a cold start.`);
    }
    if (worker === undefined || mib + own_mib > MIB) {
      failures.push(`${it.what}: more than ${MIB} MiB of wasm, or no worker.`);
    }
  } finally {
    await browser.close();
  }
}

// Fills in the dialog as a hand would.
async function order(page, { property, bounds, keep }) {
  await page.locator('.stage [data-thing="n0"]').waitFor();
  await page.locator(".to-break").click();
  await page.getByLabel("What shall break").selectOption({ label: property });
  for (const label of await page.locator(".break-faults label").all()) {
    const name = (await label.locator("span").textContent()).trim();
    await label.locator("input").fill(String(bounds[name] ?? 0));
  }
  const options = await page.locator(".break-form > .break-row select").last().locator("option");
  const most = (await options.count()) - 2;
  await page.locator(".break-form > .break-row select").last().selectOption({ index: most });
  if (keep) {
    await page.locator(".break-keep input").check();
  }
}

// In the page and, by what the server puts before the worker's script, in the worker: remembers
// the memory of the first wasm instance, on which all modules run.
function keepMemory() {
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const before = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await before.apply(WebAssembly, given);
      self.wasmMemory ??= (made.instance ?? made).exports.memory;
      return made;
    };
  }
}

// A scenario as links carry it (core/src/scenario/link/payload.rs).
function link(text) {
  const dictionary = readFileSync(join(root, "core/src/scenario/link/dictionary-1.txt"));
  const bytes = Buffer.from(text);
  const packed = deflateRawSync(bytes, { level: constants.Z_BEST_COMPRESSION, dictionary });
  const sum = Buffer.alloc(2);
  sum.writeUInt16LE(checksum(bytes));
  return `1.${Buffer.concat([packed, sum]).toString("base64url")}`;
}

// CRC-16 with the polynomial of CCITT.
function checksum(bytes) {
  let sum = 0xffff;
  for (const byte of bytes) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      sum = ((sum & 0x8000 ? (sum << 1) ^ 0x1021 : sum << 1) & 0xffff) >>> 0;
    }
  }
  return sum;
}

function serve(request, response) {
  const types = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".ftl": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
  };
  const path = new URL(request.url, "http://host").pathname;
  const file = join(site, path.endsWith("/") ? `${path}index.html` : path);
  if (!file.startsWith(site) || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream" });
  if (path.endsWith("/seeker.js")) {
    response.end(`(${keepMemory})();\n${readFileSync(file)}`);
    return;
  }
  createReadStream(file).pipe(response);
}
