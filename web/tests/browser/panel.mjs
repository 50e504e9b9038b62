// The panel: lesson, inspector, events, menus, sharing, the gallery; by mouse and by keyboard.

import { axe, run, scrollsSideways, shoot, test } from "./harness.mjs";

const at = (origin, rest) => `${origin}#/raft/caiyang&lang=en${rest ?? ""}`;

const tab = (page, name) => page.locator(`#tab-${name}`).click();

test("a prediction is asked for before the run, and met by the outcome", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(at(origin, "&speed=2"));
  await page.locator(".predict").waitFor();
  const go = page.locator(".run-box .run");
  check(await go.isDisabled(), "the run does not wait for an answer");
  await page.locator(".predict .option").nth(1).click();
  check(await go.isEnabled(), "the run still waits");
  await go.click();
  await page.locator(".outcome .is-right").waitFor();
  check(/Step 2/.test(await page.locator(".progress").innerText()), "the story did not go on");
  await shoot(page, "panel-outcome");
});

test("number keys choose, and the question can be skipped", async ({ open, origin, check }) => {
  const page = await open(at(origin, "&speed=2"));
  await page.locator(".predict").waitFor();
  await page.keyboard.press("3");
  await page.locator(".option.is-chosen").waitFor();
  const chosen = await page.locator(".option.is-chosen kbd").innerText();
  check(chosen === "3", `${chosen} was chosen`);
  const other = await open(at(origin, "&speed=2"));
  await other.locator(".run-waits button").click();
  await other.locator(".outcome .is-fact").waitFor();
});

test("tabs are moved through by arrow keys", async ({ open, origin, check }) => {
  const page = await open(at(origin));
  await page.locator("#tab-lesson").focus();
  await page.keyboard.press("ArrowRight");
  await page.locator("#tab-node:focus").waitFor();
  await page.keyboard.press("ArrowRight");
  await page.locator("#tab-events:focus").waitFor();
  const focused = await page.evaluate(() => document.activeElement.id);
  check(focused === "tab-events", `the focus is at ${focused}`);
  check(await page.locator(".event-list").isVisible(), "the events are not shown");
});

test("events name who, what, the rule and its place, and lead to their cause", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(at(origin, "&t=1200"));
  await tab(page, "events");
  const first = page.locator(".event").first();
  await first.waitFor();
  check(/§/.test(await page.locator(".said cite").first().innerText()), "no citation");
  await first.locator(".because").click();
  await tab(page, "node");
  await page.locator(".thing-head h2").waitFor();
  await tab(page, "events");
  await page.locator(".filters button", { hasText: "All" }).click();
  const all = await page.locator(".event").count();
  await page.locator(".filters button", { hasText: "Acts" }).click();
  const acts = await page.locator(".event").count();
  check(acts > 0 && acts < all, `${acts} of ${all} events are acts`);
  const time = await page.locator(".event time").last().innerText();
  await page.locator(".event-head").last().click();
  await page.waitForFunction(
    (time) => document.querySelector(".now-figures").textContent.includes(time),
    time,
  );
});

test("the inspector has the paper's fields, disk and memory apart", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(at(origin, "&t=1200"));
  await tab(page, "node");
  await page.locator(".everybody button", { hasText: "n1" }).click();
  const disk = await page.locator(".is-disk").innerText();
  const memory = await page.locator(".half.is-memory").innerText();
  check(/currentTerm[^]*votedFor/.test(disk) && /caiyang/.test(disk), disk);
  check(/commitIndex[^]*lastApplied/.test(memory), memory);
  const why = await page.locator(".why-box").innerText();
  check(/2 of 5/.test(why), why);
});

test("a message that arrived, or was lost, still says what it carried", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(at(origin, "&t=1200"));
  await tab(page, "events");
  await page.locator(".filters button", { hasText: "All" }).click();
  await page.locator(".event-head", { hasText: /AppendEntries +n3 → n5/ })
    .first().click();
  await tab(page, "node");
  const inspector = page.locator(".inspector");
  await inspector.locator("h2", { hasText: "AppendEntries" }).waitFor();
  check(/fate\s+arrived/.test(await inspector.innerText()), "its fate is not told");
  check(/leaderCommit/.test(await inspector.innerText()), "what it carried is not told");
  await page.keyboard.press("Escape");
  await page.locator("#tab-events").click();
  await page.locator(".event-head", { hasText: "next heartbeat" }).first().click();
  await tab(page, "node");
  await shoot(page, "message-sent");
  await inspector.locator(".event-list li", { hasText: "lost" }).first()
    .locator("button").click();
  await inspector.locator("h2", { hasText: "AppendEntries" }).waitFor();
  const lost = await inspector.innerText();
  check(/the link was cut/.test(lost) && /leaderCommit/.test(lost), lost);
  await shoot(page, "message-lost");
});

test("the menu works by keyboard, says why not, and gives the focus back", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(at(origin, "&t=1200"));
  await tab(page, "node");
  await page.locator(".everybody button", { hasText: "n1" }).click();
  const opener = page.locator(".thing-head .button");
  await opener.focus();
  await page.keyboard.press("Enter");
  const menu = page.locator(".menu");
  await menu.waitFor();
  const restart = menu.locator(".menu-item", { hasText: "Restart from disk" });
  check((await restart.getAttribute("aria-disabled")) === "true", "a running node can restart");
  check(/it is running/.test(await restart.innerText()), "no reason is given");
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
  const back = await page.evaluate(() => document.activeElement.closest(".thing-head") !== null);
  check(back, "the focus is lost");
  await page.keyboard.press("Enter");
  await menu.waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".thing-role", { hasText: "down" }).waitFor();
  await tab(page, "events");
  check(/You: crash n1/.test(await page.locator(".event-list").innerText()), "the act is missing");
});

test("a client sends an operation from its form", async ({ open, origin, check }) => {
  const page = await open(at(origin, "&t=1200"));
  await tab(page, "node");
  await page.locator(".everybody button", { hasText: "c2" }).click();
  await page.locator(".thing-head .button").click();
  await page.locator(".menu-item", { hasText: "put" }).first().click();
  const fields = page.locator(".menu-form input");
  await fields.nth(1).fill("two words");
  await page.locator(".menu-form [type=submit]").click();
  check(await page.locator(".form-error").isVisible(), "a value with a space was taken");
  await fields.nth(1).fill("mine");
  await page.locator(".menu-form [type=submit]").click();
  await page.locator(".operations li", { hasText: "mine" }).waitFor();
});

test("a broken text is told with its place, and the run stays", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(at(origin, "&t=1200"));
  await tab(page, "more");
  const area = page.locator("textarea.source");
  const text = await area.inputValue();
  check(text.includes("partition {n1, n2}"), "the text is not canonical");
  await area.fill(text.replace("heal: at 1500 heal", "heal: at 1500 heel"));
  await page.locator("button", { hasText: "Run this text" }).click();
  const error = await page.locator(".source-errors").innerText();
  check(/Line \d+, column \d+/.test(error) && /heal/.test(error), error);
  check(/1\.200/.test(await page.locator(".now-figures").first().innerText()), "the run was lost");
  await area.fill(text.replace("end=2200", "end=1000"));
  await page.locator("button", { hasText: "Run this text" }).click();
  await page.locator("button", { hasText: "Back to what ran before" }).waitFor();
});

test("markup in a scenario is only ever text", async ({ open, origin, check }) => {
  const page = await open(at(origin));
  await tab(page, "more");
  const evil = `<img src=x onerror="window.evil=1">`;
  const told = `title ${evil}\nsystem raft nodes=3 clients=1 end=900\n`;
  const text = `${told}step 0 ${evil}\nsay ${evil}\n`;
  await page.locator("textarea.source").fill(text);
  await page.locator("button", { hasText: "Run this text" }).click();
  await tab(page, "lesson");
  await page.locator(".side h2", { hasText: "<img" }).waitFor();
  check(!(await page.evaluate(() => window.evil)), "markup ran");
  check((await page.locator(".side img").count()) === 0, "markup became an element");
});

test("what is shared opens elsewhere at the same run", async ({ open, origin, check }) => {
  const page = await open(at(origin, "&t=1200"));
  await tab(page, "node");
  await page.locator(".everybody button", { hasText: "n3" }).click();
  await page.locator(".thing-head .button").click();
  await page.locator(".menu-item", { hasText: "Crash" }).click();
  await page.locator(".thing-role", { hasText: "down" }).waitFor();
  await page.locator("header button", { hasText: "Share" }).click();
  const dialog = page.locator("dialog.share");
  await dialog.locator("input[type=checkbox]").check();
  const link = await dialog.locator("textarea").inputValue();
  check(/#\/raft\/caiyang\+.*crash/.test(link), `the link is ${link}`);
  await shoot(page, "share");
  await dialog.locator("button", { hasText: "Copy" }).waitFor();
  await page.keyboard.press("Escape");
  // Another browser: a context of its own, which remembers nothing.
  const fresh = await open(link, { noStorage: true });
  await tab(fresh, "events");
  await fresh.locator(".event-head", { hasText: "You: crash n3" }).waitFor();
  const facts = async (page) => {
    await tab(page, "more");
    const digest = page.locator(".more .aside", { hasText: /Digest of this run: \w{4}\b/ });
    const said = await digest.innerText();
    const now = await page.locator(".now-figures").first().innerText();
    await tab(page, "events");
    await page.locator(".filters button", { hasText: "All" }).click();
    return [said, now, await page.locator(".event-list").innerText()];
  };
  const [told, found] = [await facts(page), await facts(fresh)];
  for (const [n, what] of ["digest", "instant", "events"].entries()) {
    check(told[n] === found[n], `another ${what}: ${told[n]}\n\n${found[n]}`);
  }
  const plain = await open(at(origin, "&t=1200"));
  check((await facts(plain))[0] !== told[0], "the digest does not depend on the run");
});

test("the gallery finds lessons, and says when there are none", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(at(origin));
  await page.keyboard.press("g");
  const cards = page.locator(".lesson-card");
  await cards.first().waitFor();
  const all = await cards.count();
  await page.locator(".search input").fill("split vote");
  const some = await cards.count();
  check(some > 0 && some < all, `the search finds ${some} of ${all}`);
  await page.locator(".search input").fill("zzzz");
  await page.locator(".gallery [role=status]").waitFor();
  await page.locator(".search input").fill("");
  await cards.first().click();
  await page.locator(".gallery").waitFor({ state: "detached" });
});

test("axe finds nothing in any tab, menu, dialog or in the gallery", async (tools) => {
  const { open, origin, check } = tools;
  const page = await open(at(origin, "&t=1200"));
  const found = [];
  const look = async (where) => {
    // The stage and the shell have tests of their own.
    const ours = /\.(lamp|side|tab|menu|share|gallery|event|field|why-box|more)/;
    for (const sentence of await axe(page)) {
      if (ours.test(sentence)) found.push(`${where}: ${sentence}`);
    }
  };
  for (const name of ["lesson", "events", "more", "node"]) {
    await tab(page, name);
    await look(name);
  }
  await page.locator(".everybody button").first().click();
  await look("a node");
  await page.locator(".thing-head .button").click();
  await page.locator(".menu").waitFor();
  await look("a menu");
  await page.keyboard.press("Escape");
  await page.locator("header button", { hasText: "Share" }).click();
  await look("sharing");
  check(found.length === 0, found.join("\n"));
});

for (const [width, height] of [[1440, 900], [1024, 768], [390, 844], [320, 640]]) {
  test(`nothing sticks out at ${width} px`, async ({ open, origin, check }) => {
    for (const lang of ["en", "zh-CN"]) {
      const page = await open(`${origin}#/raft/caiyang&lang=${lang}&t=1200`, { width, height });
      await page.locator(".lamps .lamp").first().waitFor();
      check(!(await scrollsSideways(page)), `${lang}: it scrolls sideways`);
      await shoot(page, `panel-${width}-${lang}`);
    }
  });
}

await run();
