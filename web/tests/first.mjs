// Plays the first lesson on a build that counts calls, and prints the functions that nobody called.
// `cargo xtask first` makes that build and runs this.

import { launch, open, playLesson, serve, dist } from "./browser/harness.mjs";

/// The ways in which readers meet the first lesson.
const VISITS = [
  { address: "" },
  { address: "#/raft/caiyang&speed=1", play: true },
  // A slow machine comes to other places: frames that are late, work in more slices.
  { address: "#/raft/caiyang&speed=1", play: true, slower: 12 },
  { address: "#/raft/caiyang&speed=0.5", play: true, slower: 2, reduced: true },
  { address: "", width: 390, height: 844, touch: true },
  { address: "", width: 1024, height: 768, lang: "zh-CN", dark: true, reduced: true },
  // Whatever arrives last, something else has waited for it.
  { address: "", late: "**/text/web.*" },
  { address: "", late: "**/text/raft.*" },
  { address: "", late: "**/lessons/**" },
  { address: "?embed#/raft/caiyang", width: 720, height: 480 },
];

/// How long an untouched page is watched, in milliseconds.
const WATCHED_MS = 2000;

const browser = await launch();
const site = await serve(dist);
const seen = new Set();
const all = new Set();
for (const { address, play, slower, ...how } of VISITS) {
  const page = await open(browser, site.address + address, { ...how, script: keepInstance });
  if (slower) {
    const browser = await page.context().newCDPSession(page);
    await browser.send("Emulation.setCPUThrottlingRate", { rate: slower });
  }
  await page.waitForTimeout(WATCHED_MS);
  if (play) await playLesson(page);
  const flags = await page.evaluate(() => {
    const flags = Object.entries(globalThis.watched).filter(([key]) => key.startsWith("seen:"));
    return flags.map(([key, flag]) => [key.replace(/^seen:\d+:/, ""), flag.value]);
  });
  for (const [name, value] of flags) {
    all.add(name);
    if (value === 1) seen.add(name);
  }
  await page.context().close();
}
await browser.close();
await site.close();
console.log([...all].filter((name) => !seen.has(name)).join("\n"));

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
