// The preview of a small site in a real browser: files are edited on disk, and open pages follow.
//
//   node preview.mjs DATELINE
//
// Every page that an edit changes shows it without being asked; a style sheet is swapped and the page stays where it
// was read; a fault lies over the last good page and goes when it is mended; annotations are shown in place.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SHOTS = process.env.SHOTS;
const root = mkdtempSync(join(tmpdir(), "dateline-preview-"));
let passed = 0;
const failures = [];

async function check(what, test) {
  try {
    await test();
    passed += 1;
  } catch (error) {
    failures.push(`${what}: ${error.message.split("\n").slice(0, 3).join(" ")}`);
  }
}

function put(name, text) {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function article(title, body, more = "") {
  return `---\ntitle: ${title}\ndate: 1990-02-11\nsection: world\ntopics: [Border crossings]\n${more}---\n\n${body}\n`;
}

const LONG = Array.from({ length: 60 }, (_, i) => `Paragraph ${i} of a long text about the border.`).join("\n\n");
put("dateline.yaml", "title: Desk\nbase_url: https://example.org/repo/\n");
put("content/entities/jane.md", "---\nname: Jane Doe\nkind: person\ndescription: An editor\n---\n");
put("content/world/wall.md", article("The wall", `Jane Doe walked through the gate. Norway sent help.\n\n${LONG}`));
put("content/world/tower.md", article("The tower", "Jane Doe climbed it."));
put("static/house.css", ":root { --house: one }");
put("static/slow.js", "");

const dateline = spawn(process.argv[2], ["-r", root, "serve", "-p", "0", "--now", "1990-03-01", "--message-format", "json"]);
const origin = await new Promise((found, fail) => {
  let out = "";
  dateline.stdout.on("data", (data) => {
    out += data;
    const address = out.match(/127\.0\.0\.1:\d+/);
    if (address) found(`http://${address[0]}`);
  });
  dateline.on("exit", () => fail(new Error(`the server ended: ${out}`)));
});
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });

// Each page has a browser of its own: one keeps six connections to a host at most, and every page that is seen listens.
async function open(path) {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  const listening = page.waitForRequest((request) => request.url().includes("/_dateline/events"));
  await page.goto(`${origin}/repo${path}`);
  await listening;
  return page;
}
const has = (page, text) => page.getByText(text).first().waitFor({ timeout: 15_000 });
const panel = (page, selector) => page.locator(`dateline-panel ${selector}`);

try {
  const WALL = "/1990/02/11/wall/";
  const pages = {};
  for (const path of ["/", WALL, "/entities/jane/", "/topics/border-crossings/", "/1990/02/11/", "/sections/world/"]) {
    pages[path] = await open(path);
  }
  await check("an edit shows on every page that it changes", async () => {
    put("content/world/wall.md", article("The wall is open", `Jane Doe walked through the open gate.\n\n${LONG}`));
    for (const page of Object.values(pages)) await has(page, "The wall is open");
    await has(pages[WALL], "through the open gate");
    await has(pages["/entities/jane/"], "through the open gate");
  });
  await check("a new article, a renamed one, a changed tag", async () => {
    put("content/world/bridge.md", article("The bridge", "Jane Doe crossed it."));
    for (const path of ["/", "/entities/jane/", "/1990/02/11/"]) await has(pages[path], "The bridge");
    renameSync(join(root, "content/world/bridge.md"), join(root, "content/world/crossing.md"));
    await pages["/"].locator('a[href="/repo/1990/02/11/crossing/"]').first().waitFor({ timeout: 15_000 });
    put("content/world/crossing.md", article("The bridge", "Jane Doe crossed it.").replace("Border crossings", "Rivers"));
    await pages["/topics/border-crossings/"].getByText("The bridge").first().waitFor({ state: "detached", timeout: 15_000 });
  });
  await check("the registry", async () => {
    put("content/entities/jane.md", "---\nname: Jane Doe\nkind: person\ndescription: An editor of renown\n---\n");
    await has(pages["/entities/jane/"], "An editor of renown");
  });
  await check("the settings", async () => {
    put("dateline.yaml", "title: The Night Desk\nbase_url: https://example.org/repo/\n");
    for (const page of Object.values(pages)) await has(page, "The Night Desk");
  });
  await check("a style sheet is swapped, and the page stays where it was read", async () => {
    const page = pages[WALL];
    put("templates/base.html", '{% extends "theme/base.html" %}{% block head %}{{ super() }}<link rel="stylesheet" href="{{ site.assets["house.css"] }}"><script async src="/repo/slow.js"></script>{% endblock %}');
    await page.locator('link[href*="house.css"]').waitFor({ state: "attached", timeout: 15_000 });
    // Until then the page goes to where it was read before.
    await page.waitForFunction(() => document.readyState === "complete", null, { timeout: 15_000 });
    await page.evaluate(() => { globalThis.kept = true; scrollTo({ top: 700, behavior: "instant" }); });
    put("static/house.css", ":root { --house: two }");
    await page.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue("--house").trim() === "two", null, { timeout: 15_000 });
    const [kept, at] = await page.evaluate(() => [globalThis.kept, scrollY]);
    if (!kept || Math.abs(at - 700) > 2) throw new Error(`loaded again: ${!kept}, scrolled to ${at}`);
  });
  await check("a page that is loaded again is shown where it was read", async () => {
    const page = pages[WALL];
    put("content/world/wall.md", article("The wall is open", `Jane Doe stayed.\n\n${LONG}`));
    await has(page, "Jane Doe stayed");
    await page.waitForFunction(() => document.readyState === "complete" && Math.abs(scrollY - 700) < 60, null, { timeout: 15_000 });
  });
  await check("who reads on before all of a page is there is not called back", async () => {
    const page = pages[WALL];
    await page.route("**/slow.js", (route) => setTimeout(() => route.continue().catch(() => {}), 2000));
    put("content/world/wall.md", article("The wall is open", `She went. Jane Doe stayed.\n\n${LONG}`));
    await has(page, "She went");
    await page.mouse.move(700, 450);
    await page.mouse.wheel(0, 600);
    await page.waitForFunction(() => scrollY > 1000, null, { timeout: 15_000 });
    await page.waitForFunction(() => document.readyState === "complete", null, { timeout: 15_000 });
    const at = await page.evaluate(() => scrollY);
    if (at < 1000) throw new Error(`scrolled to ${at}`);
    await page.unroute("**/slow.js");
  });
  for (const [what, name, broken, words, mend] of [
    ["a template that does not parse", "templates/article.html", "{% extends <b>", "templates/article.html", null],
    ["a template that fails", "templates/article.html", "{{ no.such.thing }}", "variables here: article", null],
    ["front matter with faults", "content/world/wall.md", "---\ntitle: <img src=x onerror=alert(1)>\ndate: [soon\n---\n", "content/world/wall.md", article("The wall is open", `Jane Doe stayed.\n\n${LONG}`)],
  ]) {
    await check(`${what}: an overlay with the remedy over the last good page`, async () => {
      const page = pages[WALL];
      put(name, broken);
      await panel(page, ".faults").waitFor({ timeout: 15_000 });
      const text = await panel(page, ".faults").innerText();
      if (!text.includes(words) || !text.includes("help")) throw new Error(`no remedy in ${text}`);
      if (await page.locator("dateline-panel img, dateline-panel b").count()) throw new Error("HTML of the fault came through");
      await has(page, "Jane Doe stayed");
      if (SHOTS) await page.screenshot({ path: join(SHOTS, `overlay-${what.replaceAll(" ", "-")}.png`) });
      if (mend === null) rmSync(join(root, name));
      else put(name, mend);
      await panel(page, ".faults").waitFor({ state: "detached", timeout: 15_000 });
    });
  }
  await check("names in sentences that stand twice are each marked in their place", async () => {
    put("content/world/twice.md", article("Twice", "Nobody in Norway would say when.\n\nNobody in Norway would say when."));
    const page = await (await browser.newContext()).newPage();
    await page.waitForTimeout(1000);
    await page.goto(`${origin}/repo/1990/02/11/twice/`);
    await panel(page, ".switch").click();
    await panel(page, ".mentions li").nth(1).waitFor({ timeout: 15_000 });
    const tops = await page.evaluate(() => [...CSS.highlights.get("dateline-sure")].map((range) => range.getBoundingClientRect().top));
    if (new Set(tops).size !== 2) throw new Error(`marked at ${tops}`);
    await page.context().close();
  });
  await check("drafts are not there", async () => {
    put("content/world/later.md", article("Later <b>on</b>", "Not yet.", "draft: true\n"));
    await context.request.get(`${origin}/repo/1990/02/11/later/`).then((answer) => {
      if (answer.status() !== 404) throw new Error(`${answer.status()}`);
    });
    const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    await page.goto(`${origin}/repo/1990/02/11/later/`);
    const notice = panel(page, ".notice");
    await notice.getByText("A draft stands here").waitFor({ timeout: 15_000 });
    const [told, inspect] = [await notice.boundingBox(), await panel(page, ".switch").boundingBox()];
    if (told.y + told.height > inspect.y || told.x + told.width > 390) throw new Error("the notice lies over the switch or off the page");
    await page.context().close();
  });
  for (const colorScheme of ["light", "dark"]) {
    for (const [device, width, height] of [["phone", 390, 844], ["desk", 1440, 900]]) {
      const own = await browser.newContext({ colorScheme, viewport: { width, height } });
      const page = await own.newPage();
      await check(`annotations in place, ${colorScheme} ${device}`, async () => {
        await page.goto(`${origin}/repo/1990/02/11/wall/`);
        await panel(page, ".switch").click();
        await panel(page, ".mentions li button").first().waitFor({ timeout: 15_000 });
        const text = await panel(page, ".mentions").innerText();
        for (const words of ["Jane Doe", "person", "content/world/wall.md:8", "content/entities/jane.md"]) {
          if (!text.includes(words)) throw new Error(`no ${words} in ${text}`);
        }
        const marked = await page.evaluate(() => CSS.highlights.get("dateline-sure")?.size ?? 0);
        if (marked === 0) throw new Error("nothing is marked in the text");
        if (SHOTS) await page.screenshot({ path: join(SHOTS, `inspect-${colorScheme}-${device}.png`) });
        await panel(page, ".switch").click();
        await panel(page, ".mentions").waitFor({ state: "detached" });
      });
      await check(`how the site stands, ${colorScheme} ${device}`, async () => {
        await page.goto(`${origin}/_dateline/`);
        for (const words of ["Later <b>on</b>", "Last rebuild", "/repo/1990/02/11/wall/".slice(5)]) {
          await page.getByText(words).first().waitFor({ timeout: 15_000 });
        }
        await page.evaluate(AXE);
        const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
        if (result.violations.length) throw new Error(result.violations.map((v) => `${v.id} ${v.nodes[0].target}`).join(", "));
        if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) throw new Error("it scrolls sideways");
        if (SHOTS) await page.screenshot({ path: join(SHOTS, `standing-${colorScheme}-${device}.png`), fullPage: true });
      });
      await own.close();
    }
  }
} finally {
  await browser.close();
  dateline.removeAllListeners("exit");
  dateline.kill();
  rmSync(root, { recursive: true, force: true });
}
for (const failure of failures) console.log(failure);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length ? 1 : 0;
