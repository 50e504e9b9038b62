// Runs side by side: opened by link and by the dialog, one hand over all, the table, the place
// where they part, phones, and an embed.

import { axe, run, shoot, test } from "./harness.mjs";

const READS = "raft/reads+compare_told_readindex_lease_lease-slow";

/// Opens a comparison, and waits until its stages stand.
async function panes(open, origin, address, n, more = "") {
  const page = await open(`${origin}${more}#/${address}&lang=en`);
  await page.locator(`.panes.of-${n} .pane:nth-child(${n}) [data-thing="n0"]`).waitFor();
  return page;
}

const phase = (page, pane, node) =>
  page.locator(`.pane:nth-child(${pane}) [data-thing="n${node}"]`).getAttribute("aria-label");

test("a link opens four runs, with a table and the instant at which they part", async (tools) => {
  const { open, origin, check } = tools;
  const page = await panes(open, origin, `${READS}&t=1500`, 4);
  const heads = await page.locator(".comparison thead button").allInnerTexts();
  check(heads.join("") === "ABCD", `columns are ${heads}`);
  const broken = page.locator(".comparison tbody tr").last().locator("td");
  await page.locator(".comparison tbody .is-bad").first().waitFor();
  const counts = await broken.allInnerTexts();
  check(counts.join(" ") === "1 0 0 1", `broken in ${counts}`);
  const parts = page.locator(".divergence button");
  await parts.waitFor();
  await parts.click();
  const now = await page.locator(".now-figures").innerText();
  check(/^0\.5/.test(now), `they part at ${now}`);
  const found = await axe(page, { without: ["label-content-name-mismatch"] });
  check(found.length === 0, found.join("; "));
  await shoot(page, "panes-four");
  check(page.problems.length === 0, page.problems.join("; "));
});

test("a fault is made in all or here alone, is undone, and is in the link", async (tools) => {
  const { open, origin, check } = tools;
  const page = await panes(open, origin, "raft/reads+compare_told_lease&t=450", 2);
  await page.keyboard.press("x");
  await page.locator('.pane:nth-child(1) [data-thing="n2"]').click();
  check(/crashed/.test(await phase(page, 1, 2)), "n3 is up where it was crashed");
  check(/crashed/.test(await phase(page, 2, 2)), "n3 is up in the other run");
  await page.locator(".undo").click();
  check(!/crashed/.test(await phase(page, 1, 2)), "n3 is still down here");
  check(!/crashed/.test(await phase(page, 2, 2)), "n3 is still down there");
  await page.locator(".comparison-switches .btn").first().click();
  await page.locator('.pane:nth-child(2) [data-thing="n3"]').click();
  check(!/crashed/.test(await phase(page, 1, 3)), "n4 is down in both");
  check(/crashed/.test(await phase(page, 2, 3)), "n4 is up where it was crashed");
  const address = new URL(page.url()).hash;
  check(/only_lease/.test(address) && /compare_told_lease/.test(address), `address ${address}`);
  await page.reload();
  await page.locator('.pane:nth-child(2) [data-thing="n3"]').waitFor();
  check(!/crashed/.test(await phase(page, 1, 3)), "after reload n4 is down in both");
  check(/crashed/.test(await phase(page, 2, 3)), "after reload n4 is up");
  check(page.problems.length === 0, page.problems.join("; "));
});

test("the dialog puts a variant beside the run, and the comparison ends", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(`${origin}#/raft/caiyang&lang=en&t=300`);
  await page.locator('.stage [data-thing="n0"]').waitFor();
  await page.locator(".to-compare").click();
  await page.locator(".compare-dialog input").first().check();
  await page.locator(".compare-foot .primary").click();
  await page.locator('.pane:nth-child(2) [data-thing="n0"]').waitFor();
  await page.locator(".pane:nth-child(2) .pane-head button").click();
  await page.locator(".pane:nth-child(2).in-focus").waitFor();
  await page.locator(".comparison-switches .btn").last().click();
  await page.locator(".panes").waitFor({ state: "detached" });
  check(/variant=early-heal/.test(page.url()), `the address is ${page.url()}`);
  check(page.problems.length === 0, page.problems.join("; "));
});

test("on a phone one swipes, in an embed they stand side by side", async (tools) => {
  const { open, origin, check } = tools;
  const phone = await panes(open, origin, `${READS}&t=1500`, 4);
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.waitForTimeout(300);
  const widths = await phone.locator(".pane").evaluateAll((all) => all.map((it) => it.clientWidth));
  check(widths.every((width) => width === 390), `panes are ${widths} wide`);
  const sideways = await phone.evaluate(() => document.documentElement.scrollWidth);
  check(sideways <= 390, `the page is ${sideways} wide`);
  await shoot(phone, "panes-phone");
  const embed = await panes(open, origin, "raft/reads+compare_told_lease&t=1500", 2, "?embed");
  await embed.setViewportSize({ width: 720, height: 520 });
  await embed.waitForTimeout(300);
  const tops = await embed.locator(".pane").evaluateAll((all) =>
    all.map((it) => it.getBoundingClientRect().top));
  check(tops[0] === tops[1], `panes begin at ${tops}`);
  await shoot(embed, "panes-embed");
  check(embed.problems.length === 0, embed.problems.join("; "));
});

test("runs that cannot be compared say so", async ({ open, origin, check }) => {
  const page = await open(`${origin}#/raft/caiyang+compare_told_nonsense&lang=en`);
  // A slow fetch says so first.
  const notice = page.locator(".notice", { hasText: "nonsense" });
  await notice.waitFor();
  check((await notice.count()) === 1, "the notice says what cannot be compared");
});

await run();
