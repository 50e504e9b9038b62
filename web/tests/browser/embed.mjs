// The page as a figure in somebody else's page: another origin, a sandbox, no storage, a strict
// policy around it; the element; and the messages of version 1.

import { run, shoot, test } from "./harness.mjs";

const LESSON = "?embed#/raft/caiyang&lang=en";

const notes = (body, head = "") =>
  `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Notes</title>${head}
   <h1>Notes</h1>${body}`;

const frame = (address, attributes = "") =>
  `<iframe src="${address.replaceAll("&", "&amp;")}" title="Netsplit" width="100%" height="520"
    ${attributes} frameborder="0"></iframe>`;

/// Collects what the frame says, and waits for a message of a type.
const listen = (page) =>
  page.addInitScript(() => {
    window.heard = [];
    window.addEventListener("message", (event) => window.heard.push(event.data));
  });

const heard = async (page, type) => {
  const last = (type) => window.heard.findLast((message) => message?.type === type);
  await page.waitForFunction(last, type);
  return page.evaluate(last, type);
};

const say = (page, message) =>
  page.evaluate((message) => {
    document.querySelector("iframe").contentWindow.postMessage({ netsplit: 1, ...message }, "*");
  }, message);

/// A page of another origin with one frame; `attributes` are the frame's.
async function course({ open, origin, other }, { attributes, headers, options } = {}) {
  const host = await other(() => notes(frame(origin + LESSON, attributes)), { headers });
  const page = await open("about:blank", { wait: false, ...options });
  await listen(page);
  await page.goto(host);
  await heard(page, "ready");
  return page;
}

test("a frame on another origin is ready, paused and of a known height", async (tools) => {
  const { check } = tools;
  const page = await course(tools, { options: { width: 760, height: 640 } });
  const ready = await heard(page, "ready");
  check(ready.scenario === "raft/caiyang" && ready.of >= 4, JSON.stringify(ready));
  const { height } = await heard(page, "resize");
  check(height >= 400 && height <= 760, `it asks for ${height} px`);
  const embedly = await page.evaluate(() =>
    window.heard.some((message) => message?.context === "iframe.resize" && message.height > 0),
  );
  check(embedly, "Embedly's message is missing");
  const lab = page.frameLocator("iframe");
  const now = () => lab.locator(".now-figures").first().innerText();
  const before = await now();
  await page.waitForTimeout(400);
  check((await now()) === before, "time passes before anybody asks for it");
  check((await lab.locator("dialog[open]").count()) === 0, "a dialog opened by itself");
  check(page.problems.length === 0, page.problems.join("; "));
  await shoot(page, "embed");
});

test("the page around acts, seeks and asks for a link", async (tools) => {
  const { check } = tools;
  const page = await course(tools);
  await say(page, { type: "seek", at: 1400 });
  await page.waitForFunction(() =>
    window.heard.some(({ type, step }) => type === "step" && step > 1),
  );
  await say(page, { type: "act", line: "crash n3" });
  await say(page, { type: "get-link", id: 7 });
  const link = await heard(page, "link");
  check(link.id === 7 && /crash.?n3/.test(link.href), JSON.stringify(link));
  await say(page, { type: "act", line: "crash everybody" });
  const error = await heard(page, "error");
  check(error.message.length > 8, JSON.stringify(error));
  await say(page, { type: "set-lang", lang: "zh-CN" });
  await say(page, { type: "set-theme", theme: "dark" });
  const root = page.frameLocator("iframe").locator("html");
  await page.frameLocator("iframe").locator("html[lang=zh-CN][data-theme=dark]").waitFor();
  check((await root.getAttribute("lang")) === "zh-CN", "the language stayed");
});

test("messages from anybody but the parent change nothing", async (tools) => {
  const { check } = tools;
  const page = await course(tools);
  const lab = page.frames()[1];
  const before = await lab.locator(".now-figures").first().innerText();
  await lab.evaluate(() => window.postMessage({ netsplit: 1, type: "seek", at: 2000 }, "*"));
  await say(page, { netsplit: 2, type: "seek", at: 2000 });
  await page.waitForTimeout(300);
  check((await lab.locator(".now-figures").first().innerText()) === before, "the figure obeyed");
});

test("a verdict and a prediction are told", async (tools) => {
  const { check } = tools;
  const page = await course(tools);
  const verdict = await heard(page, "verdict");
  check(["holds", "nothing-asked"].includes(verdict.consistency), JSON.stringify(verdict));
  await say(page, { type: "seek", at: 0 });
  const lab = page.frameLocator("iframe");
  await lab.locator(".embed-foot button").click();
  await lab.locator(".predict input").first().check();
  const prediction = await heard(page, "prediction");
  check(prediction.answer === 1 && prediction.right === false, JSON.stringify(prediction));
});

test("it works sandboxed, with scripts and nothing else", async (tools) => {
  const { check } = tools;
  const page = await course(tools, { attributes: `sandbox="allow-scripts"` });
  await say(page, { type: "load", scenario: "/raft/split4&lang=en" });
  await page.waitForFunction(() =>
    window.heard.some(({ type, scenario }) => type === "ready" && scenario === "raft/split4"),
  );
  check(page.problems.length === 0, page.problems.join("; "));
});

test("it works with storage blocked", async (tools) => {
  const page = await course(tools, { options: { noStorage: true } });
  tools.check(page.problems.length === 0, page.problems.join("; "));
});

test("it works under a strict policy of the page around it", async (tools) => {
  const policy = `default-src 'none'; frame-src ${tools.origin}; script-src 'none'`;
  const host = await tools.other(() => notes(frame(tools.origin + LESSON)), {
    headers: { "Content-Security-Policy": policy },
  });
  const page = await tools.open(host, { wait: false });
  await page.frameLocator("iframe").locator(".lamps .lamp").first().waitFor();
  tools.check(page.problems.length === 0, page.problems.join("; "));
});

test("a scenario as text is loaded, and a broken one is told with its place", async (tools) => {
  const { check } = tools;
  const page = await course(tools);
  const text =
    "scenario mine/two\nsystem raft nodes=3 clients=1 end=900\nat 300 crash leader maybe\n";
  await say(page, { type: "load", scenario: text });
  await page.waitForFunction(() =>
    window.heard.some(({ type, scenario }) => type === "ready" && scenario === "mine/two"),
  );
  await say(page, { type: "load", scenario: "system raft nodes=3 end=900\nat 300 crahs n1\n" });
  const error = await heard(page, "error");
  check(/2/.test(error.message), JSON.stringify(error));
});

test("the element shows a frame, grows to its height and answers", async (tools) => {
  const { open, origin, other, check } = tools;
  const host = await other(() =>
    notes(
      `<netsplit-lab scenario="/raft/caiyang" lang="en" theme="dark">
         <a href="${origin}">A cluster</a></netsplit-lab>`,
      `<script async src="${origin}embed.js"></script>`,
    ),
  );
  const page = await open("about:blank", { wait: false });
  await page.addInitScript(() => {
    window.told = [];
    addEventListener("ready", (event) => window.told.push(event.detail), true);
  });
  await page.goto(host);
  await page.waitForFunction(() => window.told.length > 0);
  const lab = page.locator("netsplit-lab");
  const link = await lab.evaluate((element) => {
    element.seek(1000);
    return element.getLink();
  });
  check(/#\/raft\/caiyang/.test(link), `the link is ${link}`);
  const height = await lab.evaluate((element) => Number(element.shadowRoot.firstChild.height));
  check(height >= 520, `the frame is ${height} px high`);
  check(page.problems.length === 0, page.problems.join("; "));
});

test("the examples run", async ({ open, origin, check }) => {
  for (const name of ["frame", "sandbox", "element"]) {
    const page = await open(`${origin}examples/${name}.html`, { wait: false });
    const lab = page.locator("iframe").contentFrame();
    await lab.locator(".lamps .lamp").first().waitFor();
    check(page.problems.length === 0, `${name}: ${page.problems.join("; ")}`);
  }
});

await run();
