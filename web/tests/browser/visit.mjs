// A whole visit, by one hand each: the caiyang lesson to its end, and its goal reached, with the
// mouse alone, with the keyboard alone, and with a finger on a small screen.

import { run, scrollsSideways, shoot, test } from "./harness.mjs";

const LESSON = "#/raft/caiyang&lang=en&speed=1";

/// Where in a thing one may point: one of these is not covered by something else.
const SPOTS = [[0.5, 0.5], [0.25, 0.2], [0.75, 0.2], [0.25, 0.8], [0.75, 0.8], [0.5, 0.08]];

/// Points at what a person sees: only where the thing itself is hit, after scrolling by wheel or
/// finger to where it stands.
function pointing(page, check, press, scroll) {
  const spot = (target) => target.evaluate((element, spots) => {
    const box = element.getBoundingClientRect();
    for (const [x, y] of spots) {
      const [left, top] = [box.left + box.width * x, box.top + box.height * y];
      const hit = document.elementFromPoint(left, top);
      if (hit && (element.contains(hit) || hit === element)) return { left, top };
    }
    const scrolls = (one) => {
      const { overflowY } = getComputedStyle(one);
      return /auto|scroll/.test(overflowY) && one.scrollHeight > one.clientHeight;
    };
    let scroller = element.parentElement;
    while (scroller && !scrolls(scroller)) scroller = scroller.parentElement;
    if (!scroller) return {};
    const view = scroller.getBoundingClientRect();
    const middle = (view.top + Math.min(view.bottom, innerHeight)) / 2;
    const down = box.top + box.height / 2 - middle;
    return { within: { x: view.left + view.width / 2, y: middle, down } };
  }, SPOTS);
  return async (target) => {
    await target.waitFor();
    for (let tries = 0; tries < 12; tries += 1) {
      const { left, top, within } = await spot(target);
      if (left !== undefined) {
        return press(left, top);
      }
      check(within, `nothing scrolls to ${target}`);
      await scroll(within);
      await page.waitForTimeout(100);
    }
    check(false, `one does not come to ${target}`);
  };
}

function mouse(page, check) {
  const press = async (x, y) => {
    await page.mouse.move(x, y, { steps: 3 });
    await page.mouse.click(x, y);
  };
  return pointing(page, check, press, async ({ x, y, down }) => {
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, down);
  });
}

async function finger(page, check) {
  const browser = await page.context().newCDPSession(page);
  const press = (x, y) => page.touchscreen.tap(x, y);
  const touch = (type, ...touchPoints) => {
    return browser.send("Input.dispatchTouchEvent", { type, touchPoints });
  };
  return pointing(page, check, press, async ({ x, y, down }) => {
    await touch("touchStart", { x, y });
    const steps = 10;
    const way = Math.max(-200, Math.min(200, down + Math.sign(down) * 16));
    for (let n = 1; n <= steps; n += 1) {
      await touch("touchMove", { x, y: y - (way * n) / steps });
      await page.waitForTimeout(16);
    }
    await touch("touchEnd");
    await page.waitForTimeout(200);
  });
}

/// Goes to a thing by Tab, or by arrows among tabs and in menus, and presses Enter. An answer has
/// a number to press.
function keys(page, check) {
  const goTo = async (target, key) => {
    const there = () => target.evaluate((element) => element === document.activeElement);
    for (let tries = 0; tries < 120 && !(await there()); tries += 1) {
      await page.keyboard.press(key);
    }
    check(await there(), `no key leads to ${target}`);
  };
  return async (target) => {
    await target.waitFor();
    const number = target.locator("kbd");
    if (await number.count()) return page.keyboard.press(await number.innerText());
    const role = await target.getAttribute("role");
    if (role === "tab") await goTo(page.locator("[role=tab][aria-selected=true]"), "Tab");
    const arrow = { tab: "ArrowRight", menuitem: "ArrowDown" };
    await goTo(target, arrow[role] ?? "Tab");
    await page.keyboard.press("Enter");
  };
}

/// The visit. `hand` presses what it is given.
async function visit({ page, check, hand, name }) {
  const heading = page.locator(".side h2").first();
  const go = page.locator(".run-box .run");
  await go.waitFor();
  for (let step = 1; step <= 6; step += 1) {
    await page.locator(".progress", { hasText: `Step ${step} of 6` }).waitFor();
    check(await page.locator(".progress").evaluate((progress) => {
      const panel = progress.closest(".tab-panel").getBoundingClientRect();
      return progress.getBoundingClientRect().top >= panel.top;
    }), `step ${step} is not read from its beginning`);
    check(!(await scrollsSideways(page)), `step ${step} scrolls sideways`);
    const longer = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    check(longer <= 0, `at step ${step} the page is ${longer} pixels longer than the window`);
    await shoot(page, `visit-${name}-${step}`);
    const options = page.locator(".predict .option");
    if (await options.count()) {
      check(await go.isDisabled(), `step ${step}: the run does not wait for an answer`);
      await hand(options.nth(1));
      await page.locator(".option.is-chosen").waitFor();
    }
    const told = await heading.innerText();
    await hand(go);
    if (step < 6) await page.waitForFunction((told) => {
      return document.querySelector(".side h2").textContent !== told;
    }, told);
  }
  await page.locator(".next-lesson").waitFor();
  await shoot(page, `visit-${name}-end`);
  // The goal of the last step: back to before the cut, and heal it at once.
  for (let step = 5; step >= 3; step -= 1) {
    await hand(page.locator(".step-nav button").first());
    await page.locator(".progress", { hasText: `Step ${step} of 6` }).waitFor();
  }
  await hand(page.locator(".next-event"));
  await page.locator(".mark:not(.planned)", { hasText: "cut" }).waitFor({ state: "attached" });
  await hand(page.locator("#tab-node"));
  const n1 = page.locator(".everybody button, .stage [role=button]").and(
    page.locator('[aria-label^="n1,"], :text-is("n1")'),
  );
  await hand(n1.first());
  await hand(page.locator(".thing-head .button"));
  await shoot(page, `visit-${name}-menu`);
  await hand(page.locator(".menu-item", { hasText: "Repair every cut" }));
  await page.locator(".undo").waitFor();
  await hand(page.locator("#tab-lesson"));
  for (let step = 3; step < 6; step += 1) {
    await hand(page.locator(".run").first());
    await page.locator(".progress", { hasText: `Step ${step + 1} of 6` }).waitFor();
  }
  await page.locator(".goal.is-reached").waitFor();
  const told = await page.locator(".side").innerText();
  check(/You changed this run/.test(told), "that the run is another one is not told");
  await shoot(page, `visit-${name}-goal`);
  check(page.problems.length === 0, page.problems.join("; "));
}

test("the lesson to its end with the mouse alone", async ({ open, origin, check }) => {
  const page = await open(origin + LESSON);
  await visit({ page, check, hand: mouse(page, check), name: "mouse" });
});

test("the lesson to its end with the keyboard alone", async ({ open, origin, check }) => {
  const page = await open(origin + LESSON);
  await visit({ page, check, hand: keys(page, check), name: "keys" });
});

test("the lesson to its end with a finger on a small screen", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(origin + LESSON, { width: 390, height: 844, touch: true });
  await visit({ page, check, hand: await finger(page, check), name: "touch" });
});

await run();
