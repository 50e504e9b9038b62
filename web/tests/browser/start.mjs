// The page starts wherever it is put, and says so where it cannot.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { axe, dist, layoutShift, run, serve, shoot, started, test } from "./harness.mjs";

const frame = (address, attributes) =>
  `<!DOCTYPE html><html lang="en"><title>Notes</title><h1>Notes</h1>
   <iframe src="${address}" title="Netsplit" width="720" height="520" ${attributes}></iframe>`;

test("the page starts without a complaint and under its own policy", async ({ open, check }) => {
  const page = await open();
  check(page.problems.length === 0, `the console says: ${page.problems.join("; ")}`);
  check(await page.locator("#app").locator("> *").count(), "the page's place stayed empty");
  await shoot(page, "start");
});

test("nothing comes from another host", async ({ open, origin, check }) => {
  const page = await open();
  const ours = (url) => url.startsWith(origin) || url.startsWith("data:");
  const foreign = page.requests.filter((url) => !ours(url));
  check(foreign.length === 0, `fetched from elsewhere: ${foreign.join(", ")}`);
});

test("axe finds nothing", async ({ open, check }) => {
  const page = await open();
  // The drawing's short words stand beside signs; its names say both in sentences.
  const found = await axe(page, { without: ["label-content-name-mismatch"] });
  check(found.length === 0, found.join("\n"));
});

test("starting moves nothing", async ({ open, check }) => {
  const page = await open();
  const shift = await layoutShift(page);
  check(shift <= 0.02, `the layout shifted by ${shift}`);
});

test("it starts with storage blocked", async ({ open, check }) => {
  const page = await open(undefined, { noStorage: true });
  check(page.problems.length === 0, page.problems.join("; "));
});

test("it starts under a folder", async ({ open }) => {
  const site = await serve(dist);
  // The folder is taken off again, as a project site's host does.
  const { createServer, request } = await import("node:http");
  const host = createServer((asked, answer) => {
    if (!asked.url.startsWith("/some/folder/")) return answer.writeHead(404).end();
    request(site.address + asked.url.slice("/some/folder/".length), (got) => {
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    }).on("error", () => answer.destroy()).end();
  });
  await new Promise((listening) => host.listen(0, "127.0.0.1", listening));
  try {
    await open(`http://127.0.0.1:${host.address().port}/some/folder/`);
  } finally {
    host.closeAllConnections();
    host.close();
    await site.close();
  }
});

test("it starts in a sandboxed frame of another site", async ({ open, origin, other, check }) => {
  const notes = await other(() => frame(origin, `sandbox="allow-scripts"`));
  const page = await open(notes, { wait: false });
  const lab = page.frameLocator("iframe");
  await started(lab);
  const font = await lab.locator("#app").evaluate((app) => getComputedStyle(app).minHeight);
  check(font !== "0px", "the styles did not reach the frame");
  check(page.problems.length === 0, page.problems.join("; "));
  await shoot(page, "sandboxed");
});

test("a sandbox whose host sends no permission says so", async ({ open, other, check }) => {
  const bare = await other(dist, { cors: false });
  const notes = await other(() => frame(bare, `sandbox="allow-scripts"`), { host: "127.0.0.1" });
  const page = await open(notes, { wait: false });
  const notice = page.frameLocator("iframe").locator("#boot-failed");
  await notice.waitFor({ state: "visible" });
  const text = await notice.innerText();
  check(/Access-Control-Allow-Origin/.test(text) && /沙盒/.test(text), `it says: ${text}`);
  check((await notice.locator("a").first().getAttribute("href")) === bare, "the link leads astray");
  await shoot(page, "sandboxed-without-permission");
});

test("a part that does not arrive is told", async ({ open, origin, browser, check }) => {
  const page = await open("about:blank", { wait: false });
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(origin);
  const notice = page.locator("#boot-failed");
  await notice.waitFor({ state: "visible" });
  check(/did not arrive/.test(await notice.innerText()), "no reason is given");
  check(!(await page.locator(".boot-wait").isVisible()), "it still says that it is starting");
  await shoot(page, "part-missing");
});

/// What the page fetches besides what its HTML names, without the hashes of a build.
const fetched = (page) => page.requests
  .map((address) => new URL(address).pathname.slice(1))
  .filter((name) => /^site\/|_rest-/.test(name));

test("the first lesson is fetched, and nothing that it does not need", async (tools) => {
  const { open, check } = tools;
  // `FIRST_LESSON` in xtask/src/size.rs weighs these.
  const wanted = ["lessons/raft/caiyang.en.txt", "text/first/raft.en.ftl", "text/first/web.en.ftl"];
  let got;
  // Seldom, an unusual order of arrival asks for the rest; an old list asks for it always.
  for (let tries = 0; tries < 3; tries += 1) {
    const page = await open();
    await page.locator(".run-box .run").waitFor();
    await page.waitForTimeout(1000);
    got = fetched(page).sort();
    if (got.join() === wanted.map((name) => `site/${name}`).join()) return;
  }
  check(false, `it fetched ${got.join(", ")}; if the rest is among it, run cargo xtask first`);
});

test("the first lesson stands, in its own words, without the rest", async (tools) => {
  const { open, origin, check } = tools;
  const keys = new Set();
  for (const name of ["web", "raft"]) {
    const text = await readFile(join(dist, `site/text/${name}.en.ftl`), "utf8");
    // A key of one word could be a word.
    for (const [, key] of text.matchAll(/^([\w-]+[.][\w.-]+) *=/gm)) keys.add(key);
  }
  for (const how of [{}, { width: 390, height: 844, touch: true }, { lang: "zh-CN", dark: true }]) {
    let complaints;
    // Seldom, a late frame comes to a place that the list has never seen; an old list fails always.
    for (let tries = 0; tries < 3 && complaints !== ""; tries += 1) {
      const page = await open("about:blank", { ...how, wait: false });
      await page.route("**/*_rest-*.wasm", (route) => route.abort());
      await page.goto(origin);
      await page.locator(".run-box .run").waitFor({ timeout: 5000 }).catch(() => {});
      await page.waitForTimeout(500);
      complaints = page.problems.join("; ");
      const shown = await page.evaluate(everyWord);
      const missing = [...keys].filter((key) => shown.includes(key));
      check(missing.length === 0, `no words for ${missing.join(", ")}: run cargo xtask first`);
    }
    check(complaints === "", `run cargo xtask first, build, and commit the lists: ${complaints}`);
  }
});

/// In the page: what it shows and what its elements are called, word by word.
function everyWord() {
  const app = document.querySelector("#app");
  const attributes = [...app.querySelectorAll("*")].flatMap((element) => [...element.attributes]);
  const texts = [app.innerText, ...attributes.map(({ value }) => value)];
  return texts.flatMap((text) => text.split(/[\s:,;。，；：]+/));
}

/// Lets what is asked for come a second and a half later.
async function late(route) {
  await new Promise((over) => setTimeout(over, 1500));
  await route.continue();
}

test("a press that comes before the rest waits for it", async ({ open, origin, check }) => {
  const page = await open("about:blank", { wait: false });
  await page.route("**/*_rest-*.wasm", late);
  await page.goto(`${origin}#/raft/caiyang&lang=en&speed=1`);
  await started(page);
  await page.locator(".run-box .run").waitFor();
  await page.locator(".run-waits button").click();
  await page.locator(".run-box .run").click();
  await page.locator(".progress").filter({ hasText: /^\D*2\b/ }).waitFor();
  const n_asked = fetched(page).filter((name) => /_rest-/.test(name)).length;
  check(n_asked === 1, `the rest was asked for ${n_asked} times`);
  check(page.problems.length === 0, page.problems.join("; "));
});

test("a key that comes before the rest waits for it", async ({ open, origin, check }) => {
  const page = await open("about:blank", { wait: false });
  await page.route("**/*_rest-*.wasm", late);
  await page.goto(origin);
  await started(page);
  await page.locator(".run-box .run").waitFor();
  await page.keyboard.press("g");
  await page.locator(".lesson-card").first().waitFor();
  const n_asked = fetched(page).filter((name) => /_rest-/.test(name)).length;
  check(n_asked === 1, `the rest was asked for ${n_asked} times`);
});

test("a key of the browser's own is not taken while the rest is on its way", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open("about:blank", { wait: false });
  await page.route("**/*_rest-*.wasm", late);
  await page.goto(origin);
  await started(page);
  await page.locator(".run-box .run").waitFor();
  await page.keyboard.press("Tab");
  const focused = await page.evaluate(() => document.activeElement !== document.body);
  check(focused, "Tab moved nothing");
  const ours = await page.evaluate(() => {
    const reload = new KeyboardEvent("keydown", { key: "r", ctrlKey: true, cancelable: true });
    return !document.body.dispatchEvent(reload);
  });
  check(!ours, "reloading was prevented");
});

test("words that do not come later leave those that are there", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open("about:blank", { wait: false });
  await page.route("**/site/text/*.ftl", (route) => route.abort());
  await page.goto(origin);
  await started(page);
  const go = page.locator(".run-box .run");
  await go.waitFor();
  const before = await go.innerText();
  await page.mouse.move(700, 20);
  await page.evaluate(() => globalThis.netsplitRest.complete);
  const after = await go.innerText();
  check(after === before, `"${before}" became "${after}"`);
});

test("the rest of the wasm comes with the first touch", async ({ open, check }) => {
  const page = await open();
  const rest = page.waitForResponse(/_rest-/);
  await page.mouse.click(700, 20);
  check((await rest).ok(), "the rest is missing");
  await page.keyboard.press("g");
  await page.locator(".lesson-card").first().waitFor();
  check(page.problems.length === 0, page.problems.join("; "));
});

test("a rest that does not arrive is told when it is needed", async ({ open, origin, check }) => {
  const page = await open("about:blank", { wait: false });
  await page.route("**/*_rest-*.wasm", (route) => route.abort());
  await page.goto(origin);
  await started(page);
  await page.locator(".run-box .run").waitFor();
  await page.keyboard.press("g");
  const notice = page.locator("#boot-failed");
  await notice.waitFor({ state: "visible" });
  check(/did not arrive/.test(await notice.innerText()), "no reason is given");
});

test("a rest that is late once is asked for again", async ({ open, origin, check }) => {
  const page = await open("about:blank", { wait: false });
  await page.route("**/*_rest-*.wasm", (route) => route.abort(), { times: 1 });
  await page.goto(`${origin}#/raft/log`);
  await started(page);
  await page.locator(".run-box .run").waitFor();
  check(fetched(page).filter((name) => /_rest-/.test(name)).length === 2, "it was asked for once");
});

test("without scripts the page says what it needs", async ({ open, check }) => {
  const page = await open(undefined, { noScript: true });
  const text = await page.locator("body").innerText();
  check(/needs JavaScript/.test(text) && /JavaScript 和 WebAssembly/.test(text), text);
  check(!/Setting up/.test(text), "it still says that it is starting");
  await shoot(page, "no-script");
});

await run();
