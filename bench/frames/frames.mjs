// What a frame costs: 9 nodes and 200 messages on the stage against a bare page that moves 200 SVG
// groups, in one run. Prints the main thread's CPU time per frame of both and their ratio, and
// fails above LIMIT, or when a paused stage asks for frames.
//
//   cargo xtask bench
//
// Needs cargo, wasm-bindgen, Chromium (CHROMIUM, or /usr/bin/chromium) and playwright-core
// (NODE_PATH, or beside this file).
import { spawnSync } from "node:child_process";
import { copyFileSync, createReadStream, existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const LIMIT = 1.6;
const REPEATS = 12;
const FRAMES_MS = 1000;
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
try {
  const bare = await open(`${base}/bare.html`);
  const stage = await open(`${base}/demo.html?demo=nine&play=20`);
  const costs = { bare: [], stage: [] };
  for (let i = 0; i < REPEATS; i += 1) {
    costs.bare.push(await cost(bare));
    costs.stage.push(await cost(stage));
  }
  const paused = await open(`${base}/demo.html?demo=nine`);
  const idle = await framesAsked(paused);
  const ratio = median(costs.stage) / median(costs.bare);
  console.log(`bare page   ${median(costs.bare).toFixed(2)} ms a frame (${REPEATS} repeats)`);
  console.log(`stage       ${median(costs.stage).toFixed(2)} ms a frame`);
  console.log(`ratio       ${ratio.toFixed(2)} (at most ${LIMIT})`);
  console.log(`paused      ${idle} frames asked for in a second (must be 0)`);
  process.exitCode = ratio > LIMIT || idle > 0 ? 1 : 0;
} finally {
  await browser.close();
  server.close();
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
    ".wasm": "application/wasm",
  };
  const file = join(site, new URL(request.url, "http://host").pathname);
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
  await page.waitForSelector("#app svg g");
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
