// The built demo site, at the root of a host and under a path, in a real browser: one page of each kind.
//
//   node pages.mjs ROOT_FOLDER REPO_FOLDER
//
// Accessibility (axe-core) in light and dark on a phone and a desk; no scrolling sideways at five widths; no request to
// another host and none that fails; the same text without JavaScript; 404s as GitHub Pages gives them; the cards of an
// article by mouse, keyboard and touch, and how heavy it is.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { files, serve } from "./server.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [320, 390, 768, 1440, 1920];
const [root, repo] = process.argv.slice(2);

let passed = 0;
const failures = [];
function check(what, faults) {
  const list = [faults].flat().filter(Boolean);
  if (list.length === 0) passed += 1;
  else failures.push(`${what}: ${list.join("; ")}`);
}

/** The largest page of each kind (the class of its body): where something may go wrong, it does there. */
function kinds(folder) {
  const largest = new Map();
  for (const name of files(folder).filter((name) => name.endsWith(".html")).sort()) {
    const html = readFileSync(join(folder, name), "utf8");
    const kind = name === "404.html" ? "404" : html.match(/<body class="([^" ]+)/)?.[1];
    if (kind && html.length > (largest.get(kind)?.size ?? 0)) {
      largest.set(kind, { size: html.length, path: name.replace(/(^|\/)index\.html$/, "$1") });
    }
  }
  return [...largest].map(([kind, { path }]) => ({ kind, path }));
}

/** A page of the browser that notes requests to other hosts, failed ones, and complaints of scripts. */
async function open(context, origin) {
  const page = await context.newPage();
  page.faults = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol !== "data:") page.faults.push(`asks ${url.href}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !response.url().endsWith("/404.html")) {
      page.faults.push(`${response.status()} for ${response.url()}`);
    }
  });
  page.on("pageerror", (error) => page.faults.push(`script: ${error.message}`));
  return page;
}

function violations(result) {
  return result.violations.map((found) => {
    const nodes = found.nodes.map((node) => `${node.target.join(" ")} (${node.any[0]?.message ?? node.html})`);
    return `${found.id} at ${nodes.slice(0, 3).join(", ")}`;
  });
}

async function accessible(browser, origin, pages) {
  for (const colorScheme of ["light", "dark"]) {
    for (const [device, width, height] of [["phone", 390, 844], ["desk", 1440, 900]]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height } });
      const page = await open(context, origin);
      for (const { kind, path } of pages) {
        await page.goto(`${origin}/${path}`);
        await page.evaluate(AXE);
        const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
        check(`axe ${kind} ${colorScheme} ${device} /${path}`, violations(result));
        check(`requests ${kind} ${colorScheme} ${device}`, page.faults.splice(0));
      }
      await context.close();
    }
  }
}

async function fits(browser, origin, pages) {
  const context = await browser.newContext();
  const page = await open(context, origin);
  for (const { kind, path } of pages) {
    await page.goto(`${origin}/${path}`);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const [wide, room] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return [scrollWidth, clientWidth];
      });
      check(`width ${width} ${kind} /${path}`, wide > room && `${wide} px in ${room}`);
    }
  }
  await context.close();
}

/** The visible text of each page with and without JavaScript, and that links work without. */
async function readable(browser, origin, pages) {
  const texts = [];
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await open(context, origin);
    for (const [i, { kind, path }] of pages.entries()) {
      await page.goto(`${origin}/${path}`);
      const text = await page.locator("main").innerText();
      if (javaScriptEnabled) texts[i] = text;
      else {
        const lost = text.length < texts[i].length * 0.95;
        check(`without scripts ${kind}`, lost && `${text.length} of ${texts[i].length} characters`);
      }
    }
    if (!javaScriptEnabled) {
      await page.goto(`${origin}/`);
      await page.locator("main a").first().click();
      check("a link of the front page without scripts", page.url() === `${origin}/` && "leads nowhere");
    }
    await context.close();
  }
}

/** Under a path: every page of each kind works, and nothing leads out of it. */
async function under(browser, origin, base, pages) {
  const context = await browser.newContext();
  const page = await open(context, origin);
  for (const { kind, path } of pages) {
    await page.goto(`${origin}${base}${path}`);
    const out = await page.evaluate(
      ([origin, base]) =>
        [...document.querySelectorAll("[href], [src]")]
          .map((element) => element.href || element.src)
          .filter((address) => typeof address === "string" && address.startsWith(`${origin}/`))
          .filter((address) => !address.startsWith(origin + base)),
      [origin, base],
    );
    check(`${base} ${kind}`, [...page.faults.splice(0), ...out.map((address) => `leads to ${address}`)]);
  }
  await context.close();
}

/** The article with most names: its cards open by mouse, keyboard and touch, and close by Escape. */
async function cards(browser, origin, path) {
  const url = `${origin}/${path}`;
  const shown = (page) => page.locator(".card:popover-open");
  const settle = (page) => page.waitForTimeout(700);
  const count = async (page, what, wanted) => {
    const found = await shown(page).count();
    check(`cards ${what}`, found !== wanted && `${found} open, not ${wanted}`);
  };
  // The lines of a name, and whether the open card lies on one of them.
  const covered = (page, name) =>
    name.evaluate((link) => {
      const card = document.querySelector(".card:popover-open")?.getBoundingClientRect();
      const lines = [...link.getClientRects()];
      const on = (line) => card.top < line.bottom && line.top < card.bottom && card.left < line.right && line.left < card.right;
      return card ? lines.some(on) && `covers its own name` : "there is no card";
    });
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } });
    const page = await open(context, origin);
    await page.goto(url);
    const names = page.locator(".prose a[data-card]");
    const total = await names.count();
    check("an article with cards", total < 3 && `only ${total} names`);
    for (let i = 0; i < total; i += 1) {
      await names.nth(i).hover();
      await settle(page);
      await count(page, `by mouse ${i} ${colorScheme}`, 1);
      check(`cards lie beside name ${i} ${colorScheme}`, await covered(page, names.nth(i)));
    }
    await page.evaluate(AXE);
    const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    check(`axe with an open card ${colorScheme}`, violations(result));
    await page.keyboard.press("Escape");
    await count(page, `closed by Escape ${colorScheme}`, 0);
    await names.first().hover();
    await settle(page);
    await page.mouse.move(5, 5);
    await settle(page);
    await count(page, `closed by leaving ${colorScheme}`, 0);
    await page.mouse.click(5, 5);
    await page.locator(".byline a").last().focus();
    for (let i = 0; i < 12 && (await shown(page).count()) === 0; i += 1) await page.keyboard.press("Tab");
    await count(page, `by keyboard ${colorScheme}`, 1);
    await page.keyboard.press("Tab");
    const inside = await page.evaluate(() => document.activeElement.closest(".card") !== null);
    check(`cards hold the focus after their name ${colorScheme}`, !inside && "it goes elsewhere");
    await page.keyboard.press("Escape");
    await count(page, `closed by Escape from within ${colorScheme}`, 0);
    const back = await page.evaluate(() => document.activeElement.matches("a[data-card]"));
    check(`cards give the focus back ${colorScheme}`, !back && "it is lost");
    const target = await names.first().getAttribute("href");
    await names.first().click();
    check(`a click follows the link ${colorScheme}`, new URL(page.url()).pathname !== target && page.url());
    check(`cards ask nobody ${colorScheme}`, page.faults);
    await context.close();
  }
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await open(phone, origin);
  await page.goto(url);
  const names = page.locator(".prose a[data-card]");
  for (let i = 0; i < (await names.count()); i += 1) {
    await names.nth(i).tap();
    await settle(page);
    await count(page, `by touch ${i}`, 1);
    check(`the sheet leaves name ${i} free`, await covered(page, names.nth(i)));
    const box = await shown(page).boundingBox();
    check(`the sheet stands at the foot ${i}`, Math.abs(box.y + box.height - 844) > 1 && `ends at ${box.y + box.height}`);
    await page.keyboard.press("Escape");
    await count(page, `sheet ${i} closed`, 0);
  }
  await phone.close();
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const bare = await open(plain, origin);
  await bare.goto(url);
  const link = bare.locator(".prose a[data-card]").first();
  const href = await link.getAttribute("href");
  await link.click();
  check("without scripts a name is a link", new URL(bare.url()).pathname !== href && bare.url());
  await plain.close();
}

/**
 * What an article keeps for those who ask: every later mention is marked by the switch, without scripts too, and with them
 * on the next page as well; days and notes stand beside their paragraph, below it on a phone, and touch nothing.
 */
async function margins(browser, origin, path) {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1440, height: 900 } });
    const page = await open(context, origin);
    await page.goto(`${origin}/${path}`);
    const lines = () =>
      page.locator(".prose .m").evaluateAll((names) => names.map((name) => getComputedStyle(name).textDecorationLine));
    const is = async (what, wanted) => {
      const found = await lines();
      const wrong = found.length === 0 || found.some((line) => line !== wanted);
      check(`later mentions ${what}, scripts ${javaScriptEnabled}`, wrong && `are ${found.join(", ")}`);
    };
    await is("are plain", "none");
    await page.locator(".all-names input").check();
    await is("are marked when asked for", "underline");
    if (javaScriptEnabled) {
      await page.reload();
      await is("stay marked", "underline");
      await page.locator(".prose .m").first().hover();
      await page.waitForTimeout(700);
      const card = await page.locator(".card:popover-open").count();
      check("a marked mention opens its card", card !== 1 && `${card} open`);
      await page.mouse.click(5, 5);
    }
    await page.locator(".all-names input").uncheck();
    await is("are plain again", "none");
    await context.close();
  }
  const context = await browser.newContext();
  const page = await open(context, origin);
  await page.goto(`${origin}/${path}`);
  for (const [width, beside] of [[1440, true], [1024, true], [768, false], [390, false]]) {
    await page.setViewportSize({ width, height: 900 });
    const wrong = await page.evaluate((beside) => {
      const notes = [...document.querySelectorAll(".margin")].filter((note) => note.getClientRects().length > 0);
      const box = (element) => element.getBoundingClientRect();
      const off = notes.filter((note) => {
        const [own, text] = [box(note), box(note.parentElement.querySelector("p"))];
        return beside ? own.right > text.left || own.top > text.bottom || own.top < text.top - 4 : own.top < text.bottom - 1;
      });
      const touched = notes.filter((note, i) => i > 0 && box(note).top < box(notes[i - 1]).bottom);
      return [notes.length === 0 && "there is none", ...[...off, ...touched].map((note) => note.textContent)].filter(Boolean);
    }, beside);
    check(`notes in the margin at ${width}`, wrong);
  }
  await context.close();
}

/** What a reader of an article loads before anything is asked for, compressed as servers do. */
async function weight(browser, origin, path) {
  const context = await browser.newContext();
  const page = await open(context, origin);
  const sizes = [];
  page.on("response", async (response) => {
    if (!/\.(css|js)$|\/$/.test(new URL(response.url()).pathname)) return;
    sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(`${origin}/${path}`, { waitUntil: "networkidle" });
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  check("weight of an article", total > 60_000 && `${total} bytes compressed`);
  console.log(`the heaviest article and what it loads: ${total} bytes compressed, in ${sizes.length} files`);
  await context.close();
}

/** The article that holds most of something: links most names, for one. */
function crowded(folder, something = 'class="card"') {
  const names = files(folder).filter((name) => /^\d{4}\/\d\d\/\d\d\/[^/]+\/index\.html$/.test(name)).sort();
  const cards = (name) => readFileSync(join(folder, name), "utf8").split(something).length;
  const most = names.reduce((best, name) => (cards(name) > cards(best) ? name : best));
  return most.replace(/index\.html$/, "");
}

async function statuses(origin, base) {
  const status = async (path) => (await fetch(`${origin}${path}`, { redirect: "manual" })).status;
  const expect = async (path, wanted) => {
    const found = await status(path);
    check(`${path} is ${wanted}`, found !== wanted && `is ${found}`);
  };
  await expect(base, 200);
  await expect(`${base}topics`, 301);
  await expect(`${base}nowhere/`, 404);
  await expect(`${base}Topics/`, 404);
  await expect(`${base}theme/`, 404);
  await expect(`${base}sitemap.xml`, 200);
  const missing = await (await fetch(`${origin}${base}a/b/c/nowhere`)).text();
  check(`${base} 404 page is ours`, !missing.includes("<main") && "is another");
}

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
try {
  const pages = kinds(root);
  check("kinds of pages", pages.length < 15 && `only ${pages.map(({ kind }) => kind).join(", ")}`);
  const at = await serve(root, "/");
  await accessible(browser, at.origin, pages);
  await fits(browser, at.origin, pages);
  await readable(browser, at.origin, pages);
  await cards(browser, at.origin, crowded(root));
  await margins(browser, at.origin, crowded(root, '<span class="m '));
  await margins(browser, at.origin, crowded(root, 'class="margin"'));
  await weight(browser, at.origin, pages.find(({ kind }) => kind === "article-page").path);
  await statuses(at.origin, "/");
  at.close();
  const below = await serve(repo, "/repo/");
  await under(browser, below.origin, "/repo/", kinds(repo));
  await statuses(below.origin, "/repo/");
  below.close();
} finally {
  await browser.close();
}
for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
