// The built demo site, at the root of a host and under a path, in a real browser: one page of each kind.
//
//   node pages.mjs ROOT_FOLDER REPO_FOLDER
//
// Accessibility (axe-core) in light and dark on a phone and a desk; no scrolling sideways at five widths; no request to
// another host and none that fails; the same text without JavaScript; 404s as GitHub Pages gives them.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
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
