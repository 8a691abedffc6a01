// A built site under a path, asked for over HTTP as a reader would: every link and anchor, from the front page on.
//
//   node crawl.mjs FOLDER BASE_URL
//
// Every address of the site that a page, a style sheet, a feed or the sitemap names must answer with 200, without a
// detour; every fragment must be an id of the page that it leads to; nothing may lead out of the path; and every page of
// the folder must be reached.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "parse5";
import { files, serve } from "./server.mjs";

const [folder, baseUrl] = process.argv.slice(2);
const { origin: host, pathname: base } = new URL(baseUrl);

const faults = new Set();
let links = 0;
let anchors = 0;

/** Everything that an HTML page names: addresses with the fragment, and its own ids. */
function read(html) {
  const found = { links: [], ids: new Set() };
  const visit = (node) => {
    const attributes = Object.fromEntries((node.attrs ?? []).map(({ name, value }) => [name, value]));
    if (attributes.id) found.ids.add(attributes.id);
    if (node.nodeName === "a" && attributes.name) found.ids.add(attributes.name);
    for (const name of ["href", "src", "poster", "action"]) {
      if (attributes[name] !== undefined) found.links.push(attributes[name]);
    }
    for (const part of (attributes.srcset ?? "").split(",")) {
      if (part.trim()) found.links.push(part.trim().split(/\s+/)[0]);
    }
    if (node.nodeName === "meta" && /^(og:url|og:image|twitter:image)$/.test(attributes.property ?? attributes.name)) {
      found.links.push(attributes.content);
    }
    if (node.nodeName === "meta" && attributes["http-equiv"]?.toLowerCase() === "refresh") {
      found.links.push(attributes.content.replace(/^\s*\d+\s*;\s*url=/i, ""));
    }
    for (const child of node.childNodes ?? []) visit(child);
    if (node.content) visit(node.content);
  };
  visit(parse(html));
  return found;
}

/** What other files of the site name: sitemaps, feeds, style sheets. */
function addresses(type, text) {
  if (type.includes("xml")) {
    const plain = text.replaceAll("&amp;", "&");
    return [...plain.matchAll(/<(?:loc|link|id|guid[^>]*|comments)>([^<]+)<|(?:href|url)="([^"]+)"/g)].map((m) => m[1] ?? m[2]);
  }
  if (type.includes("css")) return [...text.matchAll(/url\(\s*['"]?([^'")]+)/g)].map((m) => m[1]);
  if (type.includes("json")) return [...text.matchAll(/"(?:url|home_page_url|feed_url|id)":\s*"(https?:[^"]+)"/g)].map((m) => m[1]);
  return [];
}

const { origin, close } = await serve(folder, base);
const pages = new Map();
const wanted = [];
const queue = [base, `${base}404.html`, `${base}sitemap.xml`, `${base}robots.txt`];
const seen = new Set(queue);
while (queue.length > 0) {
  const path = queue.shift();
  const response = await fetch(origin + path, { redirect: "manual" });
  const text = await response.text();
  const type = response.headers.get("content-type") ?? "";
  pages.set(path, { status: response.status, ids: new Set() });
  if (response.status !== 200) continue;
  const html = type.startsWith("text/html");
  const found = html ? read(text) : { links: addresses(type, text), ids: new Set() };
  pages.get(path).ids = found.ids;
  for (const link of found.links) {
    let url;
    try {
      // The site's own host is this server here.
      url = new URL(link, origin + path);
      if (url.origin === host) url = new URL(url.pathname + url.search + url.hash, origin);
    } catch {
      faults.add(`${path} names \`${link}\`, which is no address`);
      continue;
    }
    if (url.origin !== origin) continue;
    links += 1;
    if (!url.pathname.startsWith(base)) {
      faults.add(`${path} leads out of ${base} to ${url.pathname}`);
      continue;
    }
    wanted.push([path, url.pathname, url.hash]);
    if (!seen.has(url.pathname)) {
      seen.add(url.pathname);
      queue.push(url.pathname);
    }
  }
}
close();

for (const [from, to, hash] of wanted) {
  const page = pages.get(to);
  if (page.status !== 200) faults.add(`${from} leads to ${to}, which answers ${page.status}`);
  if (hash.length > 1) {
    anchors += 1;
    const id = decodeURIComponent(hash.slice(1)).split(":~:")[0];
    if (id && page.status === 200 && !page.ids.has(id)) faults.add(`${from} leads to ${to}${hash}, where no such id is`);
  }
}
const all = files(folder).filter((name) => name.endsWith(".html"));
for (const name of all) {
  const path = encodeURI(base + name.replace(/(^|\/)index\.html$/, "$1"));
  const redirect = /<meta http-equiv="?refresh/i.test(readFileSync(join(folder, name), "utf8"));
  if (!seen.has(path) && !redirect) faults.add(`nothing leads to ${path}`);
}
for (const fault of [...faults].sort().slice(0, 50)) console.log(`FAILED ${fault}`);
console.log(`${pages.size} addresses of ${all.length} pages and what they need, ${links} links, ${anchors} anchors`);
const few = pages.size < 100 || anchors < 10;
if (few) console.log("FAILED so few that nothing is proved");
console.log(`${pages.size} passed, ${faults.size + (few ? 1 : 0)} failed`);
process.exitCode = faults.size > 0 || few ? 1 : 0;
