// The learner's own marks above the rail: dragged, moved by keys, sought, taken away and given
// back; what waits for a rule goes from firing to firing.

import { axe, run, shoot, test } from "./harness.mjs";

const mark = (page) => page.locator(".own-mark");

/// Opens a lesson at an instant, and crashes n3 there.
async function crashed(open, address) {
  const page = await open(address);
  const node = page.locator('[data-thing="n2"]').first();
  await node.waitFor();
  await page.keyboard.press("x");
  await node.click();
  await mark(page).waitFor();
  return page;
}

/// When the learner's first timed line runs, by the page's address, in microseconds.
async function when(page) {
  const found = /at_([\d.]+)_crash/.exec(new URL(page.url()).hash);
  return found === null ? null : Math.round(Number(found[1]) * 1000);
}

async function drag(page, by) {
  const box = await mark(page).first().boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by / 2, y, { steps: 4 });
  await page.mouse.move(x + by, y, { steps: 4 });
  await page.locator(".own-ghost").waitFor();
  await shoot(page, "marks-drag");
  await page.mouse.up();
  await page.locator(".own-ghost").waitFor({ state: "detached" });
  return x;
}

const said = (page) => page.locator('p[role="status"][aria-live]').innerText();

const centre = async (page) => {
  const box = await mark(page).first().boundingBox();
  return box.x + box.width / 2;
};

test("a mark is dragged to another instant, and one undo takes that back", async (tools) => {
  const { open, origin, check } = tools;
  const page = await crashed(open, `${origin}#/raft/caiyang&lang=en&t=300`);
  const before = await when(page);
  const box = await mark(page).boundingBox();
  check(box.width >= 24 && box.height >= 24, `the mark is ${box.width} by ${box.height}`);
  const x = await drag(page, 160);
  check(Math.abs((await centre(page)) - x - 160) < 3, "it does not stand where it was dropped");
  const after = await when(page);
  check(after > before + 100_000 && after % 1000 === 0, `it moved from ${before} to ${after}`);
  check(/moved/.test(await said(page)), `it says ${await said(page)}`);
  check((await page.locator(".own-menu").count()) === 0, "dragging opened the menu");
  await page.locator(".undo").click();
  check((await when(page)) === before, `after undo it stands at ${await when(page)}`);
  const found = await axe(page, { without: ["label-content-name-mismatch"] });
  check(found.length === 0, found.join("; "));
  check(page.problems.length === 0, page.problems.join("; "));
});

test("keys move, seek and remove a mark, and its menu does too", async (tools) => {
  const { open, origin, check } = tools;
  const page = await crashed(open, `${origin}#/raft/caiyang&lang=en&t=300`);
  const before = await when(page);
  await mark(page).focus();
  for (let step = 0; step < 3; step += 1) {
    await page.keyboard.press("ArrowRight");
    await page.locator(".own-mark:focus").waitFor();
  }
  const after = await when(page);
  check(after > before, `it moved from ${before} to ${after}`);
  await page.keyboard.press("Home");
  await mark(page).focus();
  await page.keyboard.press("Enter");
  const now = await page.locator(".now-figures").innerText();
  check(Math.abs(Number(now) * 1e6 - after) < 1000, `one looks at ${now}`);
  await page.keyboard.press("Delete");
  await mark(page).waitFor({ state: "detached" });
  check(/Taken away/.test(await said(page)), `it says ${await said(page)}`);
  await page.locator(".undo").click();
  await mark(page).waitFor();
  check((await when(page)) === after, "undo gives back another line");
  await mark(page).click();
  const menu = page.locator(".own-menu");
  await menu.waitFor();
  await shoot(page, "marks-menu");
  const found = await axe(page, { without: ["label-content-name-mismatch"] });
  check(found.length === 0, found.join("; "));
  await menu.locator("button").first().click();
  check((await when(page)) < after, "earlier is not earlier");
  await menu.locator("button").last().click();
  await mark(page).waitFor({ state: "detached" });
  check(page.problems.length === 0, page.problems.join("; "));
});

test("a breakpoint goes from firing to firing, and waits at the end of the rail", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(`${origin}#/raft/caiyang&lang=en&t=1200`);
  await page.locator("#tab-events").click();
  await page.locator(".filters button", { hasText: "All" }).click();
  await page.locator(".event", { hasText: "Break here" }).first().waitFor();
  await page.locator(".break-at summary").first().click();
  await page.locator(".break-at[open] button", { hasText: "Pause" }).click();
  await mark(page).waitFor();
  const nth = () => Number(/nth_(\d+)/.exec(new URL(page.url()).hash)?.[1] ?? 1);
  const first = await nth();
  check(first >= 1, `the address is ${page.url()}`);
  await mark(page).focus();
  for (let step = 0; step < 40; step += 1) await page.keyboard.press("ArrowRight");
  check((await nth()) === first + 40, `it waits for time ${await nth()}`);
  await page.locator(".own-mark.is-waiting").waitFor();
  await shoot(page, "marks-waiting");
  const rail = await page.locator(".track").boundingBox();
  await drag(page, -(rail.width * 0.7));
  check((await nth()) < first + 40, `dragged back, it waits for time ${await nth()}`);
  await page.locator(".own-mark:not(.is-waiting)").waitFor();
  await page.locator(".undo").click();
  check((await nth()) === first + 40, "one undo does not take the drag back");
  check(page.problems.length === 0, page.problems.join("; "));
});

test("in one of several panes the mark moves in all of them", async ({ open, origin, check }) => {
  const page = await crashed(open, `${origin}#/raft/reads+compare_told_lease&lang=en&t=450`);
  await drag(page, 120);
  await page.keyboard.press("End");
  await page.locator(".track").focus();
  await page.keyboard.press("End");
  for (const pane of [1, 2]) {
    const name = page.locator(`.pane:nth-child(${pane}) [data-thing="n2"]`);
    check(/crashed/.test(await name.getAttribute("aria-label")), `n3 is up in pane ${pane}`);
  }
  await page.locator(".pane:nth-child(2) .pane-head button").click();
  await mark(page).waitFor();
  await mark(page).focus();
  await page.keyboard.press("Delete");
  await mark(page).waitFor({ state: "detached" });
  check(page.problems.length === 0, page.problems.join("; "));
});

await run();
