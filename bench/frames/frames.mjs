// What a frame costs: the main thread's CPU time per frame of the stage, and of whole pages that
// play, against a bare page that moves as many SVG groups, in one run. Prints each with its ratio,
// and fails above LIMIT, when a paused stage asks for frames, or when asking the nodes while a run
// plays takes so long at once that a frame would be dropped.
//
//   cargo xtask bench
//
// Needs cargo, wasm-bindgen, Chromium (CHROMIUM, or /usr/bin/chromium), playwright-core (NODE_PATH,
// or beside this file), and the built site, whose folder is the argument.
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, createReadStream, existsSync, mkdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const LIMIT = 1.6;
const REPEATS = 12;
const FRAMES_MS = 1000;
const FRAME_MS = 1000 / 60;
const PLAYED_MS = 12_000;
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const site = join(root, "target/demo");
const { chromium } = createRequire(import.meta.url)("playwright-core");

build();
const server = createServer(serve).listen(0, "127.0.0.1");
await new Promise((ready) => server.once("listening", ready));
const base = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
});
const failures = [];
try {
  await stage();
  const panes = "compare_told_readindex_lease_lease-slow";
  await page("four panes of 5 nodes", `#/raft/reads+${panes}&t=500&speed=1/20`);
  await page("gossip, 64 nodes", "#/gossip/conv&variant=many&t=60&speed=1/20");
  await probes("probes while caiyang plays", "#/raft/caiyang&t=100&speed=1/5");
} finally {
  await browser.close();
  server.close();
}
if (failures.length > 0) {
  console.error(failures.join("\n"));
  process.exitCode = 1;
}

// The stage alone: 9 nodes and 200 messages.
async function stage() {
  const playing = await open(`${base}/demo.html?demo=nine&play=20`);
  await compare("stage, 9 nodes and 200 messages", playing, 200);
  const idle = await framesAsked(await open(`${base}/demo.html?demo=nine`));
  console.log(`paused      ${idle} frames asked for in a second (must be 0)`);
  if (idle > 0) {
    failures.push("A paused stage asks for frames.");
  }
}

// A whole page that plays, from step to step without a pause.
async function page(name, address) {
  const playing = await open(`${base}/site/${address}`);
  await keepPlaying(playing.page);
  const groups = await playing.page.evaluate(
    () => document.querySelectorAll(".picture g[transform]").length,
  );
  await playing.page.waitForTimeout(2000);
  await compare(name, playing, groups);
}

// The longest that the main thread is busy at once while a run plays through its faults and nodes
// are asked what they would answer, in CPU time, so that other programs do not count.
async function probes(name, address) {
  const { page } = await open(`${base}/site/${address}`);
  await keepPlaying(page);
  await page.waitForSelector(".l-cards .port.ok");
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
  await page.waitForTimeout(PLAYED_MS);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const place = ({ pid, tid }) => `${pid}:${tid}`;
  const isMain = ({ name, args }) => name === "thread_name" && args.name === "CrRendererMain";
  const mains = new Set(traceEvents.filter(isMain).map(place));
  const tasks = traceEvents.filter((event) => mains.has(place(event)) && event.tdur > 0);
  const longest = Math.max(...tasks.map((event) => event.tdur)) / 1000;
  console.log(`${name}: the main thread is busy for ${longest.toFixed(1)} ms at once, at most`);
  console.log(`  (less than a frame, ${FRAME_MS.toFixed(1)} ms, over ${PLAYED_MS / 1000} s)`);
  if (!(longest < FRAME_MS)) {
    failures.push(`${name}: a frame is dropped.`);
  }
  await page.close();
}

// Plays, and plays on where a story pauses.
function keepPlaying(page) {
  return page.evaluate(() => {
    const play = "[aria-keyshortcuts=Space][aria-label=Play]";
    setInterval(() => document.querySelector(play)?.click(), 50);
  });
}

// Frames of a page against those of the bare one, in turn.
async function compare(name, page, groups) {
  const bare = await open(`${base}/bare.html?n=${groups}`);
  const costs = { bare: [], page: [] };
  for (let i = 0; i < REPEATS; i += 1) {
    costs.bare.push(await cost(bare));
    costs.page.push(await cost(page));
  }
  const [few, many] = [median(costs.bare), median(costs.page)];
  console.log(`${name}: ${many.toFixed(2)} ms a frame`);
  console.log(`  bare page ${few.toFixed(2)} ms, ${groups} groups`);
  console.log(`  ratio     ${(many / few).toFixed(2)} (at most ${LIMIT}, ${REPEATS} repeats)`);
  if (many / few > LIMIT) {
    failures.push(`${name}: a frame costs too much.`);
  }
  await bare.page.close();
  await page.page.close();
}

function build() {
  const target = "wasm32-unknown-unknown";
  const demo = ["-p", "netsplit-web", "--features", "demo"];
  run("cargo", ["build", "--release", "--target", target, ...demo]);
  mkdirSync(site, { recursive: true });
  const wasm = join(root, "target", target, "release/netsplit-web.wasm");
  run("wasm-bindgen", ["--target", "web", "--no-typescript", "--out-dir", site, wasm]);
  for (const name of ["tokens.css", "stage.css"]) {
    copyFileSync(join(root, "static", name), join(site, name));
  }
  rmSync(join(site, "site"), { recursive: true, force: true });
  cpSync(join(root, "dist"), join(site, "site"), { recursive: true });
  for (const name of ["demo.html", "demo.css", "demo.js", "bare.html", "bare.js"]) {
    copyFileSync(join(here, name), join(site, name));
  }
}

function run(command, args) {
  const done = spawnSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (done.status !== 0) {
    throw new Error(`${command} ${args.join(" ")} failed`);
  }
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
  createReadStream(file).pipe(response);
}

async function open(address) {
  const page = await browser.newPage({ viewport: { width: 1064, height: 664 } });
  page.on("pageerror", (error) => console.error(error));
  await page.addInitScript(() => {
    window.framesAsked = 0;
    const ask = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => {
      window.framesAsked += 1;
      return ask(callback);
    };
  });
  await page.goto(address);
  await page.waitForSelector("svg g[transform]");
  await page.waitForTimeout(500);
  return { page, session: await page.context().newCDPSession(page) };
}

// The main thread's CPU time per frame: script, style, layout, paint and commit.
async function cost({ page, session }) {
  await page.bringToFront();
  await page.waitForTimeout(300);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const before = await measure(page, session);
  await page.waitForTimeout(FRAMES_MS);
  const after = await measure(page, session);
  return ((after.cpu - before.cpu) * 1000) / (after.frames - before.frames);
}

async function measure(page, session) {
  const frames = await page.evaluate(() => window.framesAsked);
  const { metrics } = await session.send("Performance.getMetrics");
  const thread = metrics.find((metric) => metric.name === "ThreadTime");
  return { frames, cpu: thread?.value ?? taskTime(metrics) };
}

function taskTime(metrics) {
  return metrics.find((metric) => metric.name === "TaskDuration").value;
}

async function framesAsked({ page }) {
  await page.bringToFront();
  await page.waitForTimeout(500);
  const before = await page.evaluate(() => window.framesAsked);
  await page.waitForTimeout(1000);
  return (await page.evaluate(() => window.framesAsked)) - before;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
