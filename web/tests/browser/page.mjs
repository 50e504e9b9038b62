// The page as a person meets it: look, play, scrub, break, undo; by mouse, by touch, by keyboard.

import { axe, layoutShift, run, scrollsSideways, shoot, test } from "./harness.mjs";

const LESSON = "#/raft/caiyang";

/// Opens the lesson, and waits until its stage stands.
async function lesson(open, origin, address = LESSON, options = {}) {
  const page = await open(origin + address, options);
  await page.locator(".now-figures").waitFor();
  await page.locator(".stage [role=button]").first().waitFor({ state: "attached" });
  return page;
}

/// The instant that the page shows, in milliseconds.
async function now(page) {
  return Math.round(1000 * parseFloat(await page.locator(".now-figures").innerText()));
}

/// How many marks of the learner's own stand above the rail.
const own = (page) => page.locator(".mark.own").count();

test("a first visit shows a lesson, paused where something moves", async (tools) => {
  const { open, origin, check } = tools;
  const page = await lesson(open, origin, "");
  check((await page.locator("h1").innerText()).length > 0, "no lesson is named");
  const before = await now(page);
  await page.waitForTimeout(300);
  check(before > 0, "it begins where nothing has happened");
  check((await now(page)) === before, "it does not stand still");
  check(page.problems.length === 0, page.problems.join("; "));
});

test("it plays, and pauses at the next step of the story", async ({ open, origin, check }) => {
  const page = await lesson(open, origin);
  await page.locator(".segments button").first().click();
  await page.locator(".buttons .primary").click();
  await page.waitForTimeout(250);
  const at = await now(page);
  await page.locator(".buttons .primary[aria-label=Play]").waitFor();
  const then = await now(page);
  check(then > at && then === 240, `it paused at ${then}`);
});

test("the slider follows keys and the pointer", async ({ open, origin, check }) => {
  const page = await lesson(open, origin);
  const track = page.locator(".track");
  await track.focus();
  await page.keyboard.press("End");
  check((await now(page)) === 2200, "End does not lead to the end");
  await page.keyboard.press("Home");
  check((await now(page)) === 0, "Home does not lead to the beginning");
  await page.keyboard.press("PageUp");
  check((await now(page)) === 220, "a page is not a tenth of the run");
  check(/0\.220/.test(await track.getAttribute("aria-valuetext")), "its value is not told");
  const box = await track.boundingBox();
  await page.mouse.move(box.x + box.width / 3, box.y + 34);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 34, { steps: 4 });
  await page.mouse.up();
  const middle = await now(page);
  check(Math.abs(middle - 1100) < 60, `the middle of the rail is ${middle}`);
  await page.mouse.move(box.x + 40, box.y + 34);
  check((await now(page)) === middle, "it follows the pointer after the drag");
});

test("scrubbing shows the same world in either direction", async ({ open, origin, check }) => {
  const page = await lesson(open, origin, `${LESSON}&t=1320`);
  const seen = () =>
    page.locator(".stage [role=button]").evaluateAll((all) =>
      // What nodes would answer is asked later, and once somebody is here: not compared.
      all.map((one) => one.getAttribute("aria-label").split(". ")[0]).sort().join("\n"));
  const before = await seen();
  await page.locator(".track").focus();
  await page.keyboard.press("Home");
  check((await seen()) !== before, "the beginning looks like the middle");
  for (let i = 0; i < 120; i += 1) await page.keyboard.press("ArrowRight");
  check((await now(page)) === 1320, `120 steps lead to ${await now(page)}`);
  check((await seen()) === before, "the way there changes what is seen");
});

test("a crash is an act of one's own, named, and can be taken back", async (tools) => {
  const { open, origin, check } = tools;
  const page = await lesson(open, origin, `${LESSON}&t=300`);
  await page.keyboard.press("x");
  await page.locator('.stage [role=button][aria-label^="n1,"]').first().click();
  await page.locator(".undo").waitFor();
  const undo = await page.locator(".undo").getAttribute("aria-label");
  check(/n1/.test(undo), "undo does not say what");
  check((await own(page)) === 1, "no mark stands for it");
  const crashed = page.locator('.stage [aria-label^="n1, crashed"]');
  check((await crashed.count()) === 1, "n1 does not look crashed");
  await page.keyboard.press("u");
  check((await own(page)) === 0, "the mark stays after undo");
  check((await page.locator(".undo").count()) === 0, "there is still something to undo");
});

test("an act before others keeps them on a branch", async ({ open, origin, check }) => {
  const page = await lesson(open, origin, `${LESSON}&t=600`);
  await page.keyboard.press("h");
  await page.locator(".track").focus();
  await page.keyboard.press("PageDown");
  await page.keyboard.press("h");
  await page.locator(".branches summary").click();
  await page.locator(".branches li button").first().click();
  const marks = page.locator(".mark.own title");
  await page.waitForFunction(() => {
    return document.querySelector(".mark.own title")?.textContent.includes("0.600");
  });
  check((await marks.count()) === 1, "what was done on the other branch is here too");
});

test("what one did is found again: by Back, by the way offered, by reloading", async (tools) => {
  const { open, origin, check } = tools;
  const page = await lesson(open, origin, `${LESSON}&t=300`);
  await page.keyboard.press("h");
  await page.locator(".undo").waitFor();
  check(/#\/raft\/caiyang\+.*heal/.test(page.url()), `the address is ${page.url()}`);
  await page.keyboard.press("g");
  await page.locator('.lesson-card[href="#/raft/caitiezhu"]').click();
  const kept = page.locator(".notice", { hasText: "was kept" });
  await kept.waitFor();
  check((await own(page)) === 0, "the other lesson has the act too");
  await page.goBack();
  await page.locator(".undo").waitFor();
  check((await own(page)) === 1 && (await now(page)) === 300, "Back leads to another run");
  check((await page.locator(".notice").count()) === 0, "it says that something was left");
  await page.goForward();
  await kept.locator("a").click();
  await page.locator(".undo").waitFor();
  check((await own(page)) === 1 && (await now(page)) === 300, "the way offered leads elsewhere");
  await page.reload();
  await page.locator(".undo").waitFor();
  check((await now(page)) === 300, "reloading leads elsewhere");
  await page.keyboard.press("u");
  await page.locator(".undo").waitFor({ state: "detached" });
  check(!/heal/.test(page.url()), `after undo the address is ${page.url()}`);
});

test("keys do nothing while one types, and help lists them", async ({ open, origin, check }) => {
  const page = await lesson(open, origin);
  await page.keyboard.press("?");
  await page.locator("dialog.help").waitFor();
  check((await page.locator("dialog.help kbd").count()) > 15, "few keys are listed");
  await page.keyboard.press("Escape");
  await page.locator("dialog.help").waitFor({ state: "detached" });
  const before = await now(page);
  await page.keyboard.press("Control+k");
  await page.locator("dialog.palette input").waitFor();
  await page.keyboard.type("n.");
  check((await now(page)) === before, "letters of a field moved the time");
  await page.keyboard.press("Escape");
  await page.locator("dialog.palette").waitFor({ state: "detached" });
});

test("the palette finds a node's fault by a few letters", async ({ open, origin, check }) => {
  const page = await lesson(open, origin, `${LESSON}&t=300`);
  await page.keyboard.press("Control+k");
  await page.locator("dialog.palette input").waitFor();
  await page.keyboard.type("crash n3");
  await page.keyboard.press("Enter");
  await page.locator('.stage [aria-label^="n3, crashed"]').waitFor({ state: "attached" });
  check((await own(page)) === 1, "no mark stands for it");
});

test("a whole visit by keyboard alone", async ({ open, origin, check }) => {
  const page = await lesson(open, origin, `${LESSON}&t=300`);
  const path = [];
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press("Tab");
    const where = await page.evaluate(() => {
      const at = document.activeElement;
      const area = at?.closest("header, .stage, .tools, .time, .lamps, .drawer");
      return area ? area.className || area.tagName : null;
    });
    if (where && where !== path.at(-1)) path.push(where);
  }
  const places = ["head", "stage", "tools", "time", "drawer"];
  const order = places.map((name) => path.findIndex((where) => where.split(" ").includes(name)));
  check(order.every((at) => at >= 0), `Tab does not reach everything: ${path.join(" > ")}`);
  check(order.every((at, i) => i === 0 || order[i - 1] < at), `Tab goes: ${path.join(" > ")}`);
});

test("the language changes in place, lesson and all", async ({ open, origin, check }) => {
  const page = await lesson(open, origin, `${LESSON}&t=1320`);
  const english = await page.locator("h1").innerText();
  await page.locator(".languages [lang=zh-CN]").click();
  await page.locator("html[lang=zh-CN]").waitFor();
  await page.waitForFunction((was) => {
    return document.querySelector("h1").textContent !== was;
  }, english);
  check((await now(page)) === 1320, "the place in the run was lost");
  const told = await page.locator(".side h2").first().innerText();
  check(/[\u4e00-\u9fff]/.test(told), "the step is not told in Chinese");
});

test("every word is translated", async ({ open, origin, check }) => {
  for (const lang of ["en", "zh-CN"]) {
    const page = await lesson(open, origin, `?lang=${lang}&t=300${LESSON}`);
    const text = await page.locator(".app").innerText();
    const families = "key|tool|band|state|notice|scenario|stage|shape|theme|lamp|tab";
    const keys = text.match(new RegExp(`\\b(?:${families})\\.[a-z-]+`, "g"));
    check(!keys, `${lang}: keys stand in for words: ${keys}`);
  }
});

test("a link that cannot be read says why and keeps what was open", async (tools) => {
  const { open, origin, check } = tools;
  const page = await lesson(open, origin, `${LESSON}&t=300`);
  const damaged = ["#s=1.%%%", "#s=9.abc", "#s=1.AAAA"];
  for (const hash of [...damaged, "#/no/such-lesson", "#/raft/caiyang+at_1_crash_nobody"]) {
    await page.evaluate((hash) => { location.hash = hash; }, hash);
    const notice = page.locator(".notice");
    await notice.waitFor();
    const text = await notice.innerText();
    const said = text.length > 20 && !/\b(link|notice|scenario)\.[a-z]/.test(text);
    check(said, `${hash}: ${text}`);
    check((await now(page)) === 300, `${hash}: the run that was open is gone`);
    await notice.locator("button").click();
  }
});

test("nobody left is told", async ({ open, origin, check }) => {
  const crash = "+at_100_crash_~(n1,_n2,_n3,_n4,_n5~)";
  const page = await lesson(open, origin, `${LESSON}${crash}&t=200`);
  check(/5/.test(await page.locator(".overlay").innerText()), "the empty cluster is not told");
});

for (const [width, height] of [[1440, 900], [1024, 768], [720, 450], [390, 844], [320, 640]]) {
  test(`${width} by ${height}: nothing sticks out, long words fit`, async (tools) => {
    const { open, origin, check } = tools;
    for (const query of ["", "?lang=zh-CN", "?text=long"]) {
      const page = await lesson(open, origin, `${query}${LESSON}&t=1320`, { width, height });
      check(!(await scrollsSideways(page)), `${query} scrolls sideways`);
      const targets = page.locator(".tools button, .time :is(button, summary, select), .handle");
      const bad = () => targets.evaluateAll((all) =>
        all
          .filter((one) => one.checkVisibility())
          .map((one) => [one.getBoundingClientRect(), one.ariaLabel ?? one.innerText])
          .filter(([box]) => box.width < 24 || box.height < 24 || box.right > innerWidth)
          .map(([, name]) => name));
      const small = await bad();
      check(small.length === 0, `${query} targets below 24 pixels: ${small.join(", ")}`);
      await shoot(page, `page-${width}${query.replace(/\W/g, "-")}`);
      // Two acts, the second one before the first: there is something to undo, and a branch.
      await page.keyboard.press("h");
      await page.locator(".track").focus();
      await page.keyboard.press("PageDown");
      await page.keyboard.press("h");
      await page.locator(".branches").waitFor();
      const crowded = await bad();
      check(crowded.length === 0, `${query} with acts below 24 pixels: ${crowded.join(", ")}`);
      await shoot(page, `acts-${width}${query.replace(/\W/g, "-")}`);
    }
  });
}

for (const options of [{}, { dark: true }, { width: 390, height: 844, touch: true }]) {
  test(`axe finds nothing with ${JSON.stringify(options)}`, async ({ open, origin, check }) => {
    const page = await lesson(open, origin, `${LESSON}&t=1320`, options);
    // The drawing's short words stand beside signs; its names say both in sentences.
    const found = await axe(page, { without: ["label-content-name-mismatch"] });
    check(found.length === 0, found.join("\n"));
  });
}

test("a figure in another page has no head, no storage, and stands still", async (tools) => {
  const { open, origin, check } = tools;
  const options = { width: 720, height: 520, noStorage: true };
  const page = await lesson(open, origin, `?embed${LESSON}&t=1320`, options);
  check((await page.locator("header").count()) === 0, "it has a head");
  check((await page.locator(".lamps").count()) === 1, "it lacks its lamps");
  check((await page.locator(".why").count()) === 1, "it lacks its explanation");
  check(page.problems.length === 0, page.problems.join("; "));
  check((await now(page)) === 1320, "it does not stand where it was asked to");
});

test("starting a lesson moves nothing", async ({ open, origin, check }) => {
  const page = await lesson(open, origin);
  const shift = await layoutShift(page);
  check(shift <= 0.02, `the layout shifted by ${shift}`);
});

for (const [width, height] of [[390, 844], [320, 640]]) {
  test(`by touch at ${width} px: theme, embedding and help are found`, async (tools) => {
    const { open, origin, check } = tools;
    const page = await lesson(open, origin, LESSON, { width, height, touch: true });
    const choose = async (words) => {
      await page.locator("header .to-palette").tap();
      await page.locator(".palette li", { hasText: words }).first().tap();
    };
    await choose("Theme: dark");
    await page.locator("html[data-theme=dark]").waitFor();
    await choose("Embed");
    await page.locator("dialog.share").waitFor();
    await shoot(page, `touch-embed-${width}`);
    await page.keyboard.press("Escape");
    await choose("Help");
    await page.locator("dialog.help").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("header .to-palette").tap();
    await shoot(page, `touch-palette-${width}`);
    const found = await axe(page, { without: ["label-content-name-mismatch"] });
    check(found.length === 0, found.join("\n"));
  });
}

test("by touch: the panel has three heights", async ({ open, origin, check }) => {
  const page = await lesson(open, origin, LESSON, { width: 390, height: 844, touch: true });
  const height = async () => (await page.locator(".drawer").boundingBox()).height;
  const half = await height();
  await page.locator(".handle").tap();
  const full = await height();
  await page.locator(".handle").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const low = await height();
  check(low < half && half < full, `its heights are ${low}, ${half}, ${full}`);
});

await run();
