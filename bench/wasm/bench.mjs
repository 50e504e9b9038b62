// The load of the figures in wasm, in Chromium, beside the native rate of the same minute.
// `cargo xtask bench` builds what this needs; it hands over the native program and the module's
// folder.

import { execFileSync } from "node:child_process";
import { check, run, test } from "../../web/tests/browser/harness.mjs";

const REPEATS = 10;
const SEEKS = 1000;
const RATE_WANTED = 0.5;
const SEEK_MS_WANTED = 16;
const PROBES_AT_MS = [20900, 21500];
const PROBES_MS_WANTED = 30;
const HISTORIES = 60;
const STORE_MS_WANTED = 330;
const [native, folder] = process.argv.splice(2, 2);
const load = execFileSync(native, ["load"]).toString();

function report(ok, what, measured, wanted) {
  console.log(`${ok ? "ok  " : "FAIL"} ${what}: ${measured} (wanted: ${wanted})`);
  check(ok, `${what} falls short`);
}

function at(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

test("simulation and seeking in wasm", async ({ open, other }) => {
  const page = await open(`${await other(folder)}bench.html`);
  const once = () =>
    page.evaluate(async (text) => {
      const { Recording } = await window.ready;
      const start = performance.now();
      const recording = new Recording(text);
      const seconds = (performance.now() - start) / 1000;
      const rate = recording.messages() / seconds;
      recording.free();
      return rate;
    }, load);
  await once();
  const ratios = [];
  const rates = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const rate = await once();
    rates.push(rate);
    ratios.push(rate / Number(execFileSync(native, ["once"])));
  }
  const seeks = await page.evaluate(
    async ([text, n]) => {
      const { Recording } = await window.ready;
      const recording = new Recording(text);
      const times = [];
      let chance = 1;
      for (let seek = 0; seek < n; seek += 1) {
        chance = (Math.imul(chance, 1664525) + 1013904223) >>> 0;
        const ms = chance % 600000;
        const start = performance.now();
        recording.seek(ms);
        times.push(performance.now() - start);
      }
      return times;
    },
    [load, SEEKS],
  );
  const [ratio, rate] = [at(ratios, 0.5), at(rates, 0.5)];
  const p99 = at(seeks, 0.99);
  report(
    ratio >= RATE_WANTED,
    "simulation in wasm, beside native",
    `${ratio.toFixed(2)} of its rate, ${(rate / 1e6).toFixed(2)} million messages per s`,
    `at least ${RATE_WANTED}`,
  );
  report(
    p99 <= SEEK_MS_WANTED,
    `${SEEKS} seeks in 600 s, p99`,
    `${p99.toFixed(2)} ms, median ${at(seeks, 0.5).toFixed(2)} ms`,
    `at most ${SEEK_MS_WANTED} ms`,
  );
});

test("probes in wasm", async ({ open, other }) => {
  const page = await open(`${await other(folder)}bench.html`);
  const clock = await thread(page);
  const text = execFileSync(native, ["probes"]).toString();
  await page.evaluate(async (text) => {
    window.recording = new (await window.ready).Recording(text);
  }, text);
  const medians = [];
  for (const ms of PROBES_AT_MS) {
    await page.evaluate((ms) => window.recording.seek(ms), ms);
    const times = [];
    for (let repeat = 0; repeat < 2 * REPEATS; repeat += 1) {
      times.push(await clock(() => window.recording.probe(500)));
    }
    medians.push(at(times, 0.5));
  }
  const [whole, cut] = medians;
  report(
    Math.max(whole, cut) <= PROBES_MS_WANTED,
    "ten probes of five nodes after 1,000 entries, in wasm",
    `${whole.toFixed(1)} ms, ${cut.toFixed(1)} ms with two nodes cut off`,
    `at most ${PROBES_MS_WANTED} ms`,
  );
});

test("histories of a store in wasm", async ({ open, other }) => {
  const page = await open(`${await other(folder)}bench.html`);
  const clock = await thread(page);
  let most = 0;
  let right = 0;
  for (let n = 0; n < HISTORIES; n += 1) {
    await page.evaluate(
      async ([seed, linearizable]) => {
        window.generated = new (await window.ready).Generated(seed, linearizable);
      },
      [n >> 1, n % 2 === 0],
    );
    const times = [];
    for (let repeat = 0; repeat < 3; repeat += 1) {
      times.push(await clock(() => (window.right = window.generated.check())));
    }
    right += await page.evaluate(() => window.right);
    most = Math.max(most, at(times, 0.5));
  }
  const beside = (most / Number(execFileSync(native, ["store"]))).toFixed(2);
  report(
    most <= STORE_MS_WANTED && right === HISTORIES,
    "histories of 1,700 operations on a store, in wasm",
    `at most ${most.toFixed(1)} ms, ${beside} of native, ${right} of ${HISTORIES} verdicts`,
    `at most ${STORE_MS_WANTED} ms, all verdicts`,
  );
});

// Measures the milliseconds of CPU time that the page's main thread uses: what other processes do
// meanwhile does not count.
async function thread(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const used = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * metrics.find((metric) => metric.name === "TaskDuration").value;
  };
  return async (work) => {
    const before = await used();
    await page.evaluate(work);
    return (await used()) - before;
  };
}

await run();
