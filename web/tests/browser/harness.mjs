// What the browser tests share: two origins on loopback, Chromium, and a few questions to a page.
//
//   import { test, run } from "./harness.mjs";
//   test("what must hold", async ({ open, check }) => { ... });
//   await run();
//
// `cargo xtask test --only browser` sets everything up; afterwards `node web/tests/browser/X.mjs`
// runs one file alone, against the build in dist/.

import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { mkdir, readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { basename, dirname, extname, join, normalize, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const top = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const modules = process.env.NETSPLIT_MODULES ?? join(top, "target/tools/browser/node_modules");
const require = createRequire(join(modules, "harness.js"));

export const dist = process.env.NETSPLIT_DIST ?? join(top, "dist");
export const screenshots = join(top, "target/screenshots");

const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
  ".ftl": "text/plain; charset=utf-8",
};

const tests = [];

/// Adds a test. `body` receives { open, origin, other, check, browser }.
export function test(name, body) {
  tests.push({ name, body });
}

/// Runs the file's tests one after the other; the process fails when one does.
export async function run() {
  const wanted = process.argv[2];
  const browser = await launch();
  const site = await serve(dist);
  let failed = 0;
  try {
    for (const { name, body } of tests.filter(({ name }) => !wanted || name.includes(wanted))) {
      failed += (await runOne(name, body, browser, site)) ? 0 : 1;
    }
  } finally {
    await browser.close();
    await site.close();
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

async function runOne(name, body, browser, site) {
  const opened = [];
  const servers = [];
  const start = Date.now();
  const tools = {
    browser,
    /// The built page's own origin, with a slash at its end.
    origin: site.address,
    /// Opens a page; see `open` below.
    open: async (address, options) => {
      const page = await open(browser, address ?? site.address, options);
      opened.push(page.context());
      return page;
    },
    /// Another host for the length of this test; see `serve` below.
    other: async (what, options) => {
      const server = await serve(what, { host: "localhost", ...options });
      servers.push(server);
      return server.address;
    },
    check,
  };
  try {
    await body(tools);
    console.log(`   ok      ${name} (${Date.now() - start} ms)`);
    return true;
  } catch (error) {
    console.log(`   FAILED  ${name}\n${error.stack ?? error}`);
    const pages = opened.flatMap((context) => context.pages());
    for (const [index, page] of pages.entries()) {
      await shoot(page, `failed-${slug(name)}-${index}`).catch(() => {});
    }
    return false;
  } finally {
    for (const context of opened) await context.close();
    for (const server of servers) await server.close();
  }
}

/// Fails with `sentence` unless `fact` holds.
export function check(fact, sentence) {
  if (!fact) throw new Error(sentence);
}

export async function launch() {
  const { chromium } = require("playwright-core");
  const names = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const executablePath = process.env.CHROMIUM ?? names.find((name) => existsSync(name));
  check(executablePath, "Name the browser in CHROMIUM, or let `cargo xtask test` find it.");
  return chromium.launch({ executablePath, args: FLAGS });
}

/// Opens `address` in a context of its own and gives the page, once it has drawn itself; complete
/// where the address has a fragment, and as nobody has touched it where not.
///
/// Options: width, height, dark, reduced (motion), lang, touch, noStorage (every access throws, as
/// in a frame whose storage is blocked), noScript, script (to run before the page's own), late
/// (what is slow to arrive), wait (false: return at once).
/// `page.problems` gathers what the console and the page complain about, `page.requests` what it
/// fetched.
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    colorScheme: options.dark ? "dark" : "light",
    reducedMotion: options.reduced ? "reduce" : "no-preference",
    locale: options.lang ?? "en",
    hasTouch: options.touch ?? false,
    javaScriptEnabled: !options.noScript,
  });
  if (options.noStorage) await context.addInitScript(blockStorage);
  if (options.script) await context.addInitScript(options.script);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.problems = [];
  page.requests = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") page.problems.push(message.text());
  });
  page.on("request", (request) => page.requests.push(request.url()));
  if (options.late) await page.route(options.late, hesitate);
  await page.goto(address);
  if (options.wait !== false && !options.noScript) {
    await started(page);
    if (address.includes("#")) await near(page);
  }
  return page;
}

/// Comes near the page, and waits until it is complete: until then, what is pressed waits.
async function near(page) {
  await page.mouse.move(2, 2);
  await page.evaluate(() => globalThis.netsplitRest.complete);
}

async function hesitate(route) {
  await new Promise((over) => setTimeout(over, 700));
  await route.continue();
}

/// Waits until a page, or the page in a frame, has started.
export async function started(frame) {
  await frame.locator("#boot").waitFor({ state: "detached" });
}

/// In the page, before its own scripts.
function blockStorage() {
  const refuse = () => {
    throw new DOMException("Storage is blocked in this test.", "SecurityError");
  };
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
    Object.defineProperty(window, name, { configurable: true, get: refuse });
  }
  Object.defineProperty(Document.prototype, "cookie", { get: refuse, set: refuse });
}

/// Serves a folder, or a function from a path to a page's HTML, on a port of its own.
///
/// Options: host (`127.0.0.1` or `localhost`: two sites to a browser), cors (default true),
/// headers (further ones).
export async function serve(what, { host = "127.0.0.1", cors = true, headers = {} } = {}) {
  const answer = async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const found = typeof what === "function" ? page(what, path) : await file(what, path);
    const all = { "Cache-Control": "no-store", ...headers };
    if (cors) all["Access-Control-Allow-Origin"] = "*";
    response.writeHead(found ? 200 : 404, { "Content-Type": found?.type ?? "text/plain", ...all });
    response.end(found?.body ?? "not here");
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    address: `http://${host}:${server.address().port}/`,
    close: () => new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    }),
  };
}

function page(make, path) {
  const body = make(path);
  return body && { body, type: TYPES[".html"] };
}

async function file(root, path) {
  let name = normalize(join(root, path));
  if (!name.startsWith(resolve(root) + sep) && name !== resolve(root)) return undefined;
  if ((await stat(name).catch(() => undefined))?.isDirectory()) name = join(name, "index.html");
  const body = await readFile(name).catch(() => undefined);
  return body && { body, type: TYPES[extname(name)] ?? "application/octet-stream" };
}

/// Plays the lesson that is open to its last step by the panel's own buttons, and answers every
/// question.
export async function playLesson(page) {
  const go = page.locator(".run-box .run");
  const progress = page.locator(".progress");
  const [step, last] = (await progress.innerText()).match(/\d+/g).map(Number);
  for (let next = step + 1; next <= last + 1; next += 1) {
    const options = page.locator(".predict .option");
    if (await options.count()) await options.nth(1).click();
    await go.click();
    const told = progress.filter({ hasText: new RegExp(`^\\D*${next}\\b`) });
    await (next > last ? page.locator(".next-lesson") : told).waitFor();
  }
}

/// A picture in target/screenshots, to be looked at.
export async function shoot(page, name) {
  await mkdir(screenshots, { recursive: true });
  const path = join(screenshots, `${name}.png`);
  await page.screenshot({ path });
  return basename(path);
}

/// What axe finds on the page, as one sentence per rule; `without` names rules to leave out.
export async function axe(page, { without = [] } = {}) {
  // The page's own policy forbids foreign scripts, so axe comes in through the debugger.
  const source = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(source);
  const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  const { violations } = await page.evaluate((rules) => globalThis.axe.run({ rules }), rules);
  return violations.map(({ id, help, nodes }) => {
    return `${id}: ${help} (${nodes.map((node) => node.target.join(" ")).join(", ")})`;
  });
}

/// How far the page's parts have shifted by themselves since it was opened: a sum of shares.
export async function layoutShift(page) {
  return page.evaluate(() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 500);
  }));
}

/// Whether anything sticks out of the page sideways.
export async function scrollsSideways(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    return root.scrollWidth > root.clientWidth;
  });
}

function slug(name) {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
