// The search page of built sites in a real browser: it finds, filters and links rightly, under `/` and under a path.
//
//   node search.mjs ROOT_FOLDER REPO_FOLDER LANGUAGES_FOLDER LANGUAGES_REPO_FOLDER
//
// The first two are the demo site, the others the site with articles in seven languages, each at the root of a host and
// under `/repo/`.

import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const [root, repo, languages, languagesRepo] = process.argv.slice(2);

let passed = 0;
const failures = [];
function check(what, good, found = "") {
  if (good) passed += 1;
  else failures.push(`${what}${found === "" ? "" : `: ${JSON.stringify(found)}`}`);
}

/** What forbids all that a page does not need: the policy that the documentation asks for. */
const POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; " +
  "style-src 'self' 'unsafe-inline'; img-src 'self'; form-action 'self'; base-uri 'none'";

async function open(browser, origin, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.faults = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !["data:", "blob:"].includes(url.protocol)) page.faults.push(`asks ${url.href}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) page.faults.push(`${response.status()} for ${response.url()}`);
  });
  page.on("pageerror", (error) => page.faults.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") page.faults.push(`console: ${message.text()}`);
  });
  return page;
}

const results = (page) =>
  page.$$eval("#results > li", (items) =>
    items.map((item) => ({
      title: item.querySelector("h2").textContent,
      url: item.querySelector("h2 a").href,
      date: item.querySelector("time")?.dateTime ?? "",
      marks: [...item.querySelectorAll("mark")].map((mark) => mark.textContent),
    })),
  );

/** Waits until the question has its answer. */
async function settled(page) {
  await page.waitForFunction(() => /\d|\./.test(document.querySelector(".search-status").textContent), null, {
    timeout: 15000,
  });
  await page.waitForTimeout(150);
}

async function ask(page, address, query) {
  await page.goto(`${address}search/?${new URLSearchParams(query)}`);
  await settled(page);
  return results(page);
}

const count = async (page) =>
  Number((await page.textContent(".search-status")).replaceAll(/[^\d]/g, "") || Number.NaN);

async function demo(browser, folder, base) {
  const site = await serve(folder, base, { "content-security-policy": POLICY });
  const at = `${site.origin}${base}`;
  const page = await open(browser, site.origin, { viewport: { width: 1280, height: 900 } });

  // An address that leads nowhere asks for its own words.
  const lost = await (await browser.newContext()).newPage();
  await lost.goto(`${at}1991/12/soviet-union_ends.html`);
  check(`${base} lost: the words of the address`, (await lost.inputValue("#q")) === "soviet union ends", await lost.inputValue("#q"));
  await lost.click(".search-form button");
  await settled(lost);
  const led = await results(lost);
  check(`${base} lost: the article is found`, led.some(({ url }) => url === `${at}1991/12/26/soviet-union-ends/`), led.slice(0, 3));
  await lost.context().close();

  // Typing, results, links.
  await page.goto(`${at}search/`);
  check(`${base} indexes stand while nothing is asked`, await page.isVisible(".search-indexes"));
  await page.fill("#q", "Berlin Wall");
  await settled(page);
  let found = await results(page);
  check(`${base} finds`, found.length > 5, found.length);
  check(`${base} marks the words`, found.some(({ marks }) => marks.some((mark) => /wall/i.test(mark))));
  check(`${base} links below its base`, found.every(({ url }) => url.startsWith(at)), found.map(({ url }) => url));
  check(`${base} the address says what was asked`, page.url().includes("q=Berlin+Wall"), page.url());
  const statuses = await Promise.all(found.map(async ({ url }) => (await fetch(url)).status));
  check(`${base} links lead somewhere`, statuses.every((status) => status === 200), statuses);
  await page.click("#results h2 a");
  check(`${base} a result opens`, (await page.locator("h1").count()) === 1 && page.url() === found[0].url, page.url());
  await page.goBack();
  await settled(page);
  check(`${base} back shows the results again`, (await results(page)).length === found.length);

  // Words are found in other forms; a person comes first by name.
  check(`${base} stems`, (await ask(page, at, { q: "elections" })).length > 3);
  found = await ask(page, at, { q: "Gorbachev" });
  check(`${base} a person is found by name`, found.some(({ url }) => url.includes("/entities/")), found);
  check(`${base} nothing is said to be nothing`, (await ask(page, at, { q: "qqxzzv" })).length === 0);
  check(`${base} and the indexes are offered`, await page.isVisible(".search-indexes"));

  // Order.
  found = await ask(page, at, { q: "summit", order: "date" });
  const dates = found.map(({ date }) => date);
  check(`${base} newest first`, dates.length > 3 && dates.every((date, i) => i === 0 || date <= dates[i - 1]), dates);
  await page.selectOption("#order", "relevance");
  await page.waitForTimeout(600);
  const relevant = (await results(page)).map(({ url }) => url);
  check(`${base} by relevance`, relevant.length > 3 && relevant.join() !== found.map(({ url }) => url).join());

  // Facets: each narrows to what its count says, and they add up.
  await ask(page, at, { q: "president" });
  const all = await count(page);
  for (const facet of ["section", "topic", "entity", "year", "kind"]) {
    await ask(page, at, { q: "president" });
    const box = page.locator(`#facets input[name="${facet}"]`).first();
    check(`${base} facet ${facet} is offered`, (await box.count()) === 1);
    if ((await box.count()) !== 1) continue;
    const wanted = Number((await box.locator("xpath=..").locator(".n").textContent()).replaceAll(/\D/g, ""));
    await box.focus();
    await page.keyboard.press("Space");
    await page.waitForFunction((facet) => location.search.includes(`${facet}=`), facet);
    await page.waitForTimeout(600);
    const left = await count(page);
    check(`${base} facet ${facet} leaves what it says`, left === wanted && left <= all, [left, wanted, all]);
    const focus = await page.evaluate(() => document.activeElement?.name);
    check(`${base} facet ${facet} keeps the focus`, focus === facet, focus);
    await page.click(".search-chosen button");
    await page.waitForTimeout(600);
    check(`${base} facet ${facet} is taken away`, (await count(page)) === all, await count(page));
  }
  found = await ask(page, at, { year: "1990", order: "date" });
  check(`${base} a filter alone lists all`, found.length === 20 && found.every(({ date }) => date.startsWith("1990")), found);
  await page.click(".search-more");
  await page.waitForTimeout(600);
  check(`${base} more are shown`, (await results(page)).length > 20);

  // Keys.
  await ask(page, at, { q: "treaty" });
  await page.keyboard.press("/");
  check(`${base} / goes to the field`, (await page.evaluate(() => document.activeElement?.id)) === "q");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const second = (await results(page))[1]?.url;
  check(`${base} arrows go through results`, (await page.evaluate(() => document.activeElement?.href)) === second);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  check(`${base} and back`, (await page.evaluate(() => document.activeElement?.id)) === "q");
  await page.fill("#q", "<img src=x onerror=alert(1)>");
  await page.waitForTimeout(800);
  check(`${base} a question is text`, (await page.locator("main img").count()) === 0);
  check(`${base} no faults under the policy`, page.faults.length === 0, page.faults);
  await page.context().close();

  // Without scripts, the indexes.
  const plain = await open(browser, site.origin, { javaScriptEnabled: false });
  await plain.goto(`${at}search/`);
  check(`${base} without scripts it says so`, await plain.isVisible("noscript p"));
  await plain.click(".search-indexes a");
  check(`${base} without scripts the indexes serve`, plain.url().startsWith(at) && !plain.url().includes("search"));
  await plain.context().close();
  site.close();
}

/** Questions in seven languages, each with the one article that it should find. */
const QUESTIONS = [
  ["carpenters", "bridge"],
  ["carpenter mended", "bridge"],
  ["النجارون", "ar"],
  ["جسر", "ar"],
  ["הגשר", "he"],
  ["大工", "ja"],
  ["新しい道路", "ja"],
  ["木匠", "zh"],
  ["居民欢迎", "zh"],
  ["สะพาน", "th"],
  ["Haus", "de"],
  ["Brücken", "de"],
];

async function tongues(browser, folder, base) {
  const site = await serve(folder, base);
  const at = `${site.origin}${base}`;
  const page = await open(browser, site.origin);
  for (const [question, slug] of QUESTIONS) {
    const urls = (await ask(page, at, { q: question })).map(({ url }) => url);
    check(`${base} ${question}`, urls.some((url) => url.startsWith(at) && url.endsWith(`/${slug}/`)), urls);
  }
  const found = await ask(page, at, { kind: "article", order: "date" });
  check(`${base} dates are one order over languages`, found.length === 7 && found[0].url.endsWith("/de/"), found);
  check(`${base} languages without faults`, page.faults.length === 0, page.faults);
  const lang = await page.evaluate(() => document.documentElement.lang);
  check(`${base} the page keeps its language`, lang === "en", lang);
  await page.context().close();
  site.close();
}

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
try {
  for (const [part, folder, base] of [
    [demo, root, "/"],
    [demo, repo, "/repo/"],
    [tongues, languages, "/"],
    [tongues, languagesRepo, "/repo/"],
  ]) {
    await part(browser, folder, base).catch((error) => failures.push(`${base} ${error.message.split("\n")[0]}`));
  }
} finally {
  await browser.close();
}
for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
