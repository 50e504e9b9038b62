// The space-time diagram and the chart of operations.

import { axe, run, scrollsSideways, shoot, test } from "./harness.mjs";

const at = (origin, rest) => `${origin}#/raft/caiyang&lang=en${rest ?? ""}`;

const HEADS = ".head-of[role=button]";

const instant = async (page) => Number(await page.locator(".now-figures").innerText());

/// Opens the diagram and waits for its lanes.
async function unfold(page) {
  await page.locator(".unfold").click();
  await page.locator(".sp .lane").first().waitFor({ state: "attached" });
}

test("the diagram opens by its button and by a key, and brings its styles then", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(at(origin, "&t=1050"));
  const styles = () => page.requests.filter((url) => url.endsWith("/spacetime.css")).length;
  check(styles() === 0, "the styles are fetched before anybody asks for the diagram");
  await unfold(page);
  check(styles() === 1, `the styles are fetched ${styles()} times`);
  check(await page.locator(".unfold").getAttribute("aria-pressed") === "true", "not pressed");
  check(await page.locator(HEADS).count() === 7, "five nodes and two clients have lanes");
  check(!(await page.locator(".picture").isVisible()), "the stage is still seen");
  await shoot(page, "spacetime");
  await page.keyboard.press("s");
  await page.locator(".sp").waitFor({ state: "detached" });
  check(await page.locator(".picture").isVisible(), "the stage does not come back");
  await page.keyboard.press("s");
  await page.locator(".sp .lane").first().waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  await page.locator(".sp").waitFor({ state: "detached" });
  check(styles() === 1, "the styles are fetched again");
  check(page.problems.length === 0, page.problems.join("\n"));
});

test("a click goes there, and lights what came before and after", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(at(origin, "&t=1050"));
  await unfold(page);
  const box = await page.locator(".sp-hand").boundingBox();
  const heads = await page.locator(HEADS).evaluateAll((heads) => heads.map((head) => {
    const { y, height } = head.getBoundingClientRect();
    return { name: head.getAttribute("aria-label"), y: y + height / 2 };
  }));
  await page.mouse.click(box.x + box.width * 0.3, box.y + 45);
  const there = await instant(page);
  check(there > 0.7 && there < 1.04, `the click led to ${there} s`);
  await page.keyboard.press("n");
  await page.locator(".sp-hand").focus();
  await page.keyboard.press("ArrowLeft");
  check(await page.locator(".sp .past").count() > 0, "no message is in the past");
  check(await page.locator(".sp .apart").count() > 0, "every message is in the cone");
  const caption = await page.locator(".sp-caption").innerText();
  check(/\d+ events could have caused/.test(caption), caption);
  // A bar of the chart goes to the end of its operation.
  await page.keyboard.press("Escape");
  const bar = page.locator(".op-bar").first();
  const c1 = heads.find((head) => head.name.startsWith("c1"));
  const { x, width } = await bar.boundingBox();
  await page.mouse.click(x + width / 2, c1.y);
  await page.locator(".sp .chosen").waitFor({ state: "attached" });
  await shoot(page, "spacetime-cone");
});

test("the diagram works by keyboard, and says what it shows", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(at(origin, "&t=1050"));
  await unfold(page);
  const hand = page.locator(".sp-hand");
  const told = () => hand.getAttribute("aria-valuetext");
  await hand.focus();
  const first = await told();
  check(/^1\.0\d\d s: \S/.test(first), first);
  await page.keyboard.press("ArrowLeft");
  const second = await told();
  check(second !== first, "the arrow moves nowhere");
  await page.keyboard.press("ArrowUp");
  const third = await told();
  check(third !== second, "the arrow leads to no other lane");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  const home = Number((await told()).match(/^[\d.]+/)[0]);
  check(Math.abs(await instant(page) - home) < 0.002, `${await instant(page)} is not ${home}`);
  await page.keyboard.press("Escape");
  const head = page.locator(HEADS).first();
  await head.focus();
  await page.keyboard.press("Enter");
  check(await head.getAttribute("aria-pressed") === "true", "the head does not select");
  await page.getByRole("button", { name: "Only what n1 sees" }).click();
  check(await page.locator(".sp .tear-gap").count() === 0, "n1 sees the cut");
  check(await page.locator(".sp .cross").count() === 0, "n1 sees losses");
  const list = await page.locator(".sp-bar ol li").allInnerTexts();
  check(list.some((line) => /^c\d put/.test(line)), list.join("\n"));
});

test("what is pointed at stands out in the list of events, too", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(at(origin, "&t=1050"));
  await unfold(page);
  await page.locator("#tab-events").click();
  const row = page.locator(".event[data-event]").first();
  await row.hover();
  const number = await row.getAttribute("data-event");
  await page.locator(`[data-event="${number}"][data-pointed]`).waitFor();
  const caption = await page.locator(".sp-caption").innerText();
  check(/^1\.0\d\d s:/.test(caption), caption);
});

test("axe finds nothing, and nothing sticks out, wide and narrow", async (tools) => {
  const { open, origin, check } = tools;
  for (const [width, height, lang, dark] of [
    [1440, 900, "en", false], [1024, 768, "zh-CN", true], [390, 844, "zh-CN", false],
    [320, 640, "en", true],
  ]) {
    const address = `${origin}#/raft/caiyang&lang=${lang}&t=1050`;
    const page = await open(address, { width, height, dark });
    await unfold(page);
    check(!(await scrollsSideways(page)), `something sticks out at ${width} px`);
    const out = await page.evaluate(() => {
      const parts = document.querySelectorAll(".spacetime button, .transport > *");
      const wide = document.documentElement.clientWidth + 0.5;
      return [...parts].filter((part) => part.getBoundingClientRect().right > wide)
        .map((part) => part.className);
    });
    check(out.length === 0, `these stick out at ${width} px: ${out.join(", ")}`);
    const found = await axe(page);
    check(found.length === 0, found.join("\n"));
    await shoot(page, `spacetime-${width}-${lang}${dark ? "-dark" : ""}`);
    check(page.problems.length === 0, page.problems.join("\n"));
  }
});

test("a saved picture is an SVG that stands alone", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(at(origin, "&t=1050"), { dark: true });
  await unfold(page);
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save picture" }).click();
  const download = await waiting;
  check(download.suggestedFilename() === "raft-caiyang.svg", download.suggestedFilename());
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  const broken = await page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    return root.querySelector("parsererror") ? root.textContent : "";
  }, text);
  check(broken === "", broken);
  check(!/class=|var\(|tabindex/.test(text), "the file leans on the page");
  check(text.length > 10_000, `it has only ${text.length} characters`);
  const theme = await page.evaluate(() => document.documentElement.dataset.theme);
  check(theme === "dark", "saving changed the theme");
});

test("a long run is drawn in little", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(at(origin, "&t=1500"));
  await unfold(page);
  await page.getByRole("button", { name: "The whole run" }).click();
  await page.waitForTimeout(200);
  const paths = await page.locator(".sp path, .sp rect, .sp circle, .sp text").count();
  check(paths < 1500, `${paths} elements`);
  check(page.problems.length === 0, page.problems.join("\n"));
});

await run();
