// Every lesson plays in wasm as it plays natively: the digests are those of core/tests/golden.txt.

import { readFile } from "node:fs/promises";
import { check, run, test } from "../../web/tests/browser/harness.mjs";

const [folder] = process.argv.splice(2, 1);
const core = new URL("../../core/", import.meta.url);

test("digests are equal natively and in wasm", async ({ open, other }) => {
  const page = await open(`${await other(folder)}bench.html`);
  const golden = (await readFile(new URL("tests/golden.txt", core), "utf8")).trim().split("\n");
  const differ = [];
  for (const line of golden) {
    const [path, variant, native] = line.split(" ");
    const text = await readFile(new URL(path, core), "utf8");
    const wasm = await page.evaluate(
      async ([text, variant]) => (await window.ready).digest(text, variant),
      [text, variant === "-" ? "" : variant],
    );
    if (wasm !== native) differ.push(`${path} ${variant}: ${wasm} in wasm, ${native} natively`);
  }
  check(differ.length === 0, differ.join("\n"));
  console.log(`           ${golden.length} runs`);
});

await run();
