// "Break it for me": a run that breaks a property is found, in a worker and without one; what is
// found plays; nothing found and what cannot be searched are said.

import { axe, run, shoot, test } from "./harness.mjs";

async function dialog(open, origin, lesson, prepare) {
  const page = await open(`${origin}#/${lesson}&lang=en`, prepare);
  await page.locator('.stage [data-thing="n0"]').waitFor();
  await page.locator(".to-break").click();
  await page.locator(".break-form select").first().waitFor();
  return page;
}

test("the lock without an owner is broken, and the run that breaks it plays", async (tools) => {
  const { open, origin, check } = tools;
  const page = await dialog(open, origin, "setnx/ok");
  const found = await axe(page, { without: ["label-content-name-mismatch"] });
  check(found.length === 0, found.join("; "));
  await page.locator(".break-foot .primary").click();
  await page.locator(".break-lines").waitFor({ timeout: 30000 });
  const lines = (await page.locator(".break-lines").innerText()).split("\n");
  check(lines.length > 0 && lines.length < 12, `it takes ${lines.length} lines`);
  await shoot(page, "explore-found");
  await page.locator(".break-report .primary").click();
  await page.locator(".break-dialog").waitFor({ state: "detached" });
  await page.locator('.stage [data-thing="n0"]').waitFor();
  check(/#s=1\./.test(page.url()), `the address is ${page.url()}`);
  await page.locator(".branches summary").click();
  await shoot(page, "explore-branch");
  await page.locator(".branches li button").click();
  await page.waitForFunction(() => location.hash.includes("setnx/ok"));
  check((await page.locator(".branches li").count()) === 1, "there is no way to what was found");
  check(page.problems.length === 0, page.problems.join("; "));
});

test("nothing found says what was searched", async ({ open, origin, check }) => {
  const page = await dialog(open, origin, "setnx/ok");
  for (const input of await page.locator(".break-faults input").all()) await input.fill("0");
  await page.locator(".break-form > .break-row select").last().selectOption({ index: 0 });
  await page.locator(".break-foot .primary").click();
  const report = page.locator(".break-report", { hasText: "Nothing found" });
  await report.waitFor({ timeout: 30000 });
  const said = await report.innerText();
  check(/2\s000 runs with at most: no faults/.test(said), `it says ${said}`);
  check(page.problems.length === 0, page.problems.join("; "));
});

test("a search is stopped, and the run is as it was", async ({ open, origin, check }) => {
  const page = await dialog(open, origin, "raft/caiyang&t=300");
  await page.locator(".break-form > .break-row select").last().selectOption({ index: 2 });
  await page.locator(".break-foot .primary").click();
  await page.locator(".break-report progress").first().waitFor();
  await page.locator(".break-foot .framed").click();
  await page.locator(".break-foot .primary").waitFor();
  await page.keyboard.press("Escape");
  const now = await page.locator(".now-figures").innerText();
  check(now === "0.300", `one looks at ${now}`);
});

test("without workers it searches in slices", async ({ open, origin, check }) => {
  const page = await dialog(open, origin, "setnx/ok");
  await page.evaluate(() => {
    window.Worker = class {
      constructor() {
        throw new DOMException("not here", "SecurityError");
      }
    };
  });
  await page.locator(".break-foot .primary").click();
  await page.locator(".break-lines").waitFor({ timeout: 30000 });
  check(page.problems.length === 0, page.problems.join("; "));
});

await run();
