// The load of the figures in wasm, in Chromium, beside the native rate of the same minute.
// `cargo xtask bench` builds what this needs; it hands over the native program and the module's
// folder.

import { execFileSync } from "node:child_process";
import { check, run, test } from "../../web/tests/browser/harness.mjs";

const REPEATS = 10;
const SEEKS = 1000;
const RATE_WANTED = 0.5;
const SEEK_MS_WANTED = 16;
const PROBES_MS_WANTED = 30;
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
  const text = execFileSync(native, ["probes"]).toString();
  const [whole, cut] = await page.evaluate(
    async ([text, repeats]) => {
      const { Recording } = await window.ready;
      const recording = new Recording(text);
      return [20900, 21500].map((at) => {
        recording.seek(at);
        recording.probe(500);
        const start = performance.now();
        for (let repeat = 0; repeat < repeats; repeat += 1) recording.probe(500);
        return (performance.now() - start) / repeats;
      });
    },
    [text, REPEATS],
  );
  report(
    Math.max(whole, cut) <= PROBES_MS_WANTED,
    "ten probes of five nodes after 1,000 entries, in wasm",
    `${whole.toFixed(1)} ms, ${cut.toFixed(1)} ms with two nodes cut off`,
    `at most ${PROBES_MS_WANTED} ms`,
  );
});

test("histories of a store in wasm", async ({ open, other }) => {
  const page = await open(`${await other(folder)}bench.html`);
  const seeds = 30;
  const checks = await page.evaluate(async (seeds) => {
    const { Generated } = await window.ready;
    const checks = [];
    for (let seed = 0; seed < seeds; seed += 1) {
      for (const linearizable of [true, false]) {
        const generated = new Generated(seed, linearizable);
        const times = [];
        let right = true;
        for (let repeat = 0; repeat < 3; repeat += 1) {
          const start = performance.now();
          right = generated.check() && right;
          times.push(performance.now() - start);
        }
        generated.free();
        checks.push({ ms: times.sort((a, b) => a - b)[1], right });
      }
    }
    return checks;
  }, seeds);
  const most = Math.max(...checks.map(({ ms }) => ms));
  const right = checks.filter((check) => check.right).length;
  const beside = most / Number(execFileSync(native, ["store"]));
  report(
    most <= STORE_MS_WANTED && right === checks.length,
    "histories of 1,700 operations on a store, in wasm",
    `at most ${most.toFixed(1)} ms (${beside.toFixed(2)} of native), ${right} of ${checks.length} verdicts`,
    `at most ${STORE_MS_WANTED} ms, all verdicts`,
  );
});

await run();
