// Opens the first lesson on a build that remembers where it came to, and prints the keys of what it
// never came to, and of the words that it showed. `cargo xtask first` makes that build, and
// xtask/src/split/encode.rs what it remembers.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { launch, open, serve, started, dist } from "./browser/harness.mjs";

/// The ways in which readers meet the first lesson. What one of them comes to loads at once, for
/// everybody; a part that only a rare one comes to is better fetched by that one.
const VISITS = [
  { address: "" },
  { address: "#/raft/caiyang&lang=en&speed=1" },
  { address: "", lang: "zh-CN", dark: true },
  { address: "", lang: "zh-CN", slower: 4 },
  { address: "", width: 1920, height: 1080, dark: true },
  { address: "", width: 1280, height: 720 },
  { address: "", width: 820, height: 1180, touch: true },
  { address: "", width: 390, height: 844, touch: true },
  { address: "", width: 390, height: 844, touch: true, lang: "zh-CN", slower: 6 },
  { address: "", width: 1024, height: 768, lang: "zh-CN", dark: true, reduced: true },
  // A window that grows, a screen that is turned.
  { address: "", then: { width: 1200, height: 800 } },
  { address: "", width: 390, height: 844, touch: true, then: { width: 844, height: 390 } },
  // Once more, when more stands on the stage.
  { address: "", then: { width: 1200, height: 800 }, after: 1000 },
  { address: "", width: 390, height: 844, then: { width: 844, height: 390 }, after: 1000 },
  // A slow machine comes to other places.
  { address: "", slower: 4 },
  { address: "", slower: 12 },
  // Whatever arrives last, something else has waited for it.
  { address: "", lateWords: "web" },
  { address: "", lateWords: "raft" },
  { address: "", late: "**/lessons/**" },
  { address: "?embed#/raft/caiyang", width: 720, height: 480 },
  // What says that something is missing must be here.
  { address: "", lost: "**/lessons/**" },
];

/// How late words are that are late, in milliseconds.
const LATE_MS = 700;

/// A line of a table of words.
const SENTENCE = /^([^#=\n][^=\n]*?)\s*=\s*/gm;

/// Where Unicode leaves characters to whoever wants some.
const FIRST_SIGN = 0xE000;

/// How long an untouched page is watched, in milliseconds.
const WATCHED_MS = 2000;

const browser = await launch();
const site = await serve(dist);
const words = await wordsShown();
const points = await pointsNotReached(words);
await browser.close();
await site.close();
console.log([...words].sort().map((word) => `word ${word}`).join("\n"));
console.log(points.map((key) => `point ${key}`).join("\n"));

/// `raft role.leader` and the like, for every sentence that was shown at some time.
async function wordsShown() {
  const words = new Set();
  const signs = [];
  // Every sentence begins with a sign of its own, which no text has otherwise.
  const marked = (name, text) => text.replace(SENTENCE, (_, key) => {
    const word = `${name} ${key}`;
    if (!signs.includes(word)) signs.push(word);
    return `${key} = ${String.fromCodePoint(FIRST_SIGN + signs.indexOf(word))}`;
  });
  for (const visit of VISITS) {
    await read(visit, marked, async (page) => {
      const shown = await page.evaluate(() => document.documentElement.outerHTML);
      for (const sign of shown.match(/[\u{E000}-\u{F8FF}]/gu) ?? []) {
        words.add(signs[sign.codePointAt(0) - FIRST_SIGN]);
      }
    });
  }
  return words;
}

/// The keys of the places that no visit came to, without those behind others.
async function pointsNotReached(words) {
  // A line for each flag: its key, and the line of the flag without which it is 0.
  const text = await readFile(join(dist, "points.txt"), "utf8");
  const points = text.trim().split("\n").map((line) => line.split(" "));
  const seen = new Set();
  const first = (name, text) => text.replace(/^.*\n/gm, (line) => {
    const [, key] = /^([^#=\n][^=\n]*?)\s*=/.exec(line) ?? [];
    return key && words.has(`${name} ${key}`) ? line : "";
  });
  for (const visit of VISITS) {
    await read(visit, first, async (page) => {
      const flags = await page.evaluate((count) => {
        const { memory, watched } = globalThis.watched;
        return Array.from(new Uint8Array(memory.buffer, watched.value, count));
      }, points.length);
      flags.forEach((flag, line) => {
        if (flag === 1) seen.add(points[line][0]);
      });
    });
  }
  const isSeen = (line) => seen.has(points[line][0]);
  const outer = points.filter(([key, behind]) => !seen.has(key) && (!behind || isSeen(behind)));
  return outer.map(([key]) => key);
}

/// Opens the page, with the tables of words as `told` tells them, and looks at it again and again.
async function read({ address, lateWords, lost, slower, then, after, ...how }, told, look) {
  const page = await open(browser, "about:blank", { ...how, script: keepInstance, wait: false });
  // On a loaded machine, a slow one is slow indeed.
  page.setDefaultTimeout(120_000);
  await page.route("**/site/text/**", async (route) => {
    const [, name, locale] = /([\w-]+)\.([\w-]+)\.ftl$/.exec(route.request().url());
    const text = await readFile(join(dist, `site/text/${name}.${locale}.ftl`), "utf8");
    if (lateWords === name) await page.waitForTimeout(LATE_MS);
    await route.fulfill({ contentType: "text/plain; charset=utf-8", body: told(name, text) });
  });
  if (lost) await page.route(lost, (route) => route.abort());
  if (slower) {
    const browser = await page.context().newCDPSession(page);
    await browser.send("Emulation.setCPUThrottlingRate", { rate: slower });
  }
  await page.goto(site.address + address);
  await started(page);
  if (after) await page.waitForTimeout(after);
  if (then) await page.setViewportSize(then);
  for (let past = 0; past < WATCHED_MS; past += WATCHED_MS / 10) {
    await page.waitForTimeout(WATCHED_MS / 10);
    await look(page);
  }
  await page.context().close();
}

/// In the page, before its own scripts: remembers the exports of the wasm.
function keepInstance() {
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const result = await original(...given);
      globalThis.watched = (result.instance ?? result).exports;
      return result;
    };
  }
}
