// What each node would answer, on its card, in its name and in the inspector; what is left of
// consistency; the way to where a band changed.

import { axe, run, shoot, test } from "./harness.mjs";

/// Opens a lesson, and waits until its stage stands.
async function lesson(open, origin, address) {
  const page = await open(`${origin}#/${address}&lang=en`);
  await page.locator('.stage [data-thing="n0"]').waitFor({ state: "attached" });
  return page;
}

const port = (page, node, kind) => page.locator(`.stage [data-thing="n${node}"] .port${kind}`);

test("the cut-off side turns to no answer, the majority goes on", async (tools) => {
  const { open, origin, check } = tools;
  const page = await lesson(open, origin, "raft/caiyang&t=300");
  await page.waitForTimeout(400);
  check((await page.locator(".stage .port").count()) === 0, "nobody is here, and nodes are asked");
  const track = page.locator(".track");
  await track.focus();
  await page.keyboard.press("ArrowRight");
  await port(page, 0, ".ok").nth(1).waitFor();
  for (let i = 0; i < 5; i += 1) await page.keyboard.press("PageUp");
  await port(page, 0, ".none").nth(1).waitFor();
  await port(page, 1, ".none").nth(1).waitFor();
  for (const node of [2, 3, 4]) await port(page, node, ".ok").nth(1).waitFor();
  check((await page.locator(".stage .port.none").count()) === 4, "somebody else does not answer");
  const name = await page.locator('.stage [data-thing="n0"]').getAttribute("aria-label");
  check(/n1 would not answer a write/.test(name), `n1 is called ${name}`);
  const hint = await page.locator('.stage [data-thing="n0"] .hint title').first().textContent();
  check(hint === "n1 would not answer a read.", `its port says ${hint}`);
  const found = await axe(page, { without: ["label-content-name-mismatch"] });
  check(found.length === 0, found.join("; "));
  await shoot(page, "ports-cut");
  check(page.problems.length === 0, page.problems.join("; "));
});

test("a stale read shows, with what overwrote it, and what is left of C", async (tools) => {
  const { open, origin, check } = tools;
  const page = await lesson(open, origin, "cap/ap&t=720");
  await page.locator('.stage [data-thing="n2"]').focus();
  await page.locator(".track").focus();
  await page.keyboard.press("ArrowRight");
  await port(page, 2, ".stale").first().waitFor();
  await page.locator('.stage [data-thing="n2"]').click();
  await page.locator("#tab-node").click();
  const says = await page.locator(".inspector .ports .is-doubtful").first().innerText();
  check(/c would answer 1, which was overwritten \d+ ms ago/.test(says), `it says ${says}`);
  const lamp = page.locator(".lamp").first();
  await lamp.locator("small", { hasText: "still sequential" }).waitFor();
  check(/regular broke at 0\.720/.test(await lamp.getAttribute("title")), "no level says where");
  const there = page.locator(".band-change").last();
  const box = await page.locator(".band-change title", { hasText: "0.720" }).first().evaluate(
    (title) => {
      const { x, y, width, height } = title.parentElement.getBoundingClientRect();
      return { x: x + width / 2 + 3, y: y + height / 2 };
    });
  check((await there.count()) === 1, "the bands never changed");
  await page.mouse.click(box.x, box.y);
  const now = await page.locator(".now-figures").innerText();
  check(now.startsWith("0.720"), `a press on the change leads to ${now}`);
  await shoot(page, "ports-stale");
  check(page.problems.length === 0, page.problems.join("; "));
});

await run();
