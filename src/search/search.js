// The search page: a question and filters → results from the index in `data-index`.
//
// Each index that the bundle lists is opened in its own language, so that words are taken apart as they were when the
// index was made; what they find is merged here. Nothing is loaded before the reader asks.

const form = document.querySelector(".search-form");
const { index, base, words: json } = form.dataset;
const words = JSON.parse(json);
const [field, order] = [form.elements.q, form.elements.order];
const at = (selector) => document.querySelector(selector);
const [list, facets, status, chosen, more] =
  ["#results", "#facets", ".search-status", ".search-chosen", ".search-more"].map(at);
const lang = document.documentElement.lang || "en";
const number = new Intl.NumberFormat(lang);
const fold = at(".search-filters");
fold.open = matchMedia("(min-width: 64em)").matches;

/** A day as the site writes it: `12 Sep 1990`. */
function day(iso) {
  const [year, month, date] = iso.slice(0, 10).split("-");
  const parts = { year, month_short: words.months[month - 1], month: words.months[month - 1], day: String(Number(date)) };
  return words.date_short.replaceAll(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
}

const FACETS = ["kind", "section", "source", "topic", "entity", "year"];
const KINDS = ["article", "person", "organization", "place", "event", "work", "law", "topic", "story", "page"];
/** In these an article has one value at most: several of them mean any. */
const SINGLE = ["kind", "section", "source", "year"];
const PAGE = 20;
const VALUES = 8;

/** An element with text or children, which are never read as HTML. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** Opens an index. Pagefind takes its language from the document, in this very moment. */
async function engine(module, tag) {
  const own = document.documentElement.lang;
  document.documentElement.lang = tag;
  const made = module.createInstance({ baseUrl: base, excerptLength: 30, excerptEllipsis: "…" });
  document.documentElement.lang = own;
  await made.filters();
  return made;
}

/** The indexes of a language, in a copy of the module of their own: it holds one stemmer. */
async function tongue(language, tags) {
  const module = await import(`${index}pagefind.js?${language}`);
  // The first brings the WebAssembly, which the others share: two that bring it at once would break each other's.
  const first = await engine(module, tags[0]);
  return [first, ...(await Promise.all(tags.slice(1).map((tag) => engine(module, tag))))];
}

/** All indexes, opened on first use. */
let opened;
function engines() {
  opened ??= (async () => {
    const response = await fetch(`${index}pagefind-entry.json`);
    if (!response.ok) throw new Error(`${response.status}`);
    const languages = new Map();
    for (const tag of Object.keys((await response.json()).languages)) {
      const language = tag.split("-")[0];
      languages.set(language, [...(languages.get(language) ?? []), tag]);
    }
    return (await Promise.all([...languages].map(([language, tags]) => tongue(language, tags)))).flat();
  })();
  opened.catch(() => (opened = undefined));
  return opened;
}

/** What is asked, as the address of the page says it. */
function asked() {
  const query = new URLSearchParams(location.search);
  const filters = {};
  for (const facet of FACETS) {
    const values = query.getAll(facet).filter((value) => value !== "");
    if (values.length > 0) filters[facet] = values;
  }
  return { text: (query.get("q") ?? "").trim(), order: query.get("order") === "date" ? "date" : "relevance", filters };
}

function remember({ text, order, filters }, push) {
  const query = new URLSearchParams();
  if (text) query.set("q", text);
  if (order === "date") query.set("order", order);
  for (const facet of FACETS) for (const value of filters[facet] ?? []) query.append(facet, value);
  const address = query.size > 0 ? `?${query}` : location.pathname;
  history[push ? "pushState" : "replaceState"](null, "", address);
}

/** Results of several indexes in one order, one at a time. */
async function* merged(results, byDate) {
  if (!byDate) {
    const all = results.flat().sort((a, b) => b.score - a.score);
    for (const result of all) yield await result.data();
    return;
  }
  const heads = await Promise.all(results.map(async (list) => ({ list, at: 0, data: await list[0]?.data() })));
  for (;;) {
    const left = heads.filter((head) => head.data);
    if (left.length === 0) return;
    const date = (head) => head.data.meta.date ?? "";
    const next = left.reduce((best, head) => (date(head) > date(best) ? head : best));
    yield next.data;
    next.at += 1;
    next.data = await next.list[next.at]?.data();
  }
}

let run = 0;
let rest;

async function search() {
  const mine = ++run;
  const question = asked();
  const { text, filters } = question;
  const empty = text === "" && Object.keys(filters).length === 0;
  order.value = question.order;
  at(".search-order").hidden = empty;
  at(".search-indexes").hidden = !empty;
  show(filters);
  if (empty) {
    list.replaceChildren();
    facets.replaceChildren();
    fold.hidden = more.hidden = true;
    status.textContent = "";
    return;
  }
  status.textContent = words.searching;
  try {
    const all = await engines();
    const byDate = question.order === "date";
    const wanted = Object.fromEntries(
      Object.entries(filters).map(([facet, values]) => [facet, SINGLE.includes(facet) ? { any: values } : values]),
    );
    const options = { filters: wanted, sort: byDate ? { date: "desc" } : {} };
    const found = await Promise.all(all.map((engine) => engine.search(text === "" ? null : text, options)));
    if (mine !== run) return;
    const count = found.reduce((sum, part) => sum + part.results.length, 0);
    rest = merged(found.map((part) => part.results), byDate);
    list.replaceChildren();
    await next(mine, count);
    if (mine !== run) return;
    status.textContent = count === 0 ? words.none : `${number.format(count)} ${count === 1 ? words.one : words.results}`;
    at(".search-indexes").hidden = count > 0;
    offer(found.map((part) => part.filters), filters);
  } catch (error) {
    if (mine !== run) return;
    console.error(error);
    status.textContent = words.failed;
    at(".search-indexes").hidden = false;
  }
}

/** Shows the next results. */
async function next(mine, count) {
  const items = [];
  while (items.length < PAGE) {
    const { value, done } = await rest.next();
    if (mine !== run) return;
    if (done) break;
    items.push(item(value));
  }
  list.append(...items);
  const total = count ?? Number(more.dataset.count);
  more.dataset.count = total;
  more.hidden = list.children.length >= total;
  return items[0];
}

function item({ url, meta, excerpt }) {
  const article = meta.kind === "article";
  const label = article ? meta.where : words[meta.kind === "topic" ? "topics" : meta.kind];
  return element(
    "li",
    { class: "item" },
    article && meta.date
      ? element("p", { class: "item-date" }, element("time", { datetime: meta.date }, day(meta.date)))
      : element("p", { class: "item-date" }, label ?? ""),
    element(
      "div",
      { class: "item-text" },
      element("h2", { dir: "auto" }, element("a", { href: url }, meta.title)),
      element("p", { class: "item-summary", dir: "auto" }, ...marked(excerpt)),
      article && label ? element("p", { class: "meta" }, label) : undefined,
    ),
  );
}

/** Pagefind's excerpt → text and marked text. It escapes `<` and `>` and marks with `<mark>`; nothing else is markup. */
function marked(excerpt) {
  const text = (part) => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  return excerpt.split("<mark>").flatMap((part, i) => {
    if (i === 0) return [text(part)];
    const [inside, ...after] = part.split("</mark>");
    return [element("mark", {}, text(inside)), text(after.join(""))];
  });
}

const label = (facet, value) =>
  facet === "kind" ? (words[value === "topic" ? "topics" : value] ?? value) : value;

/** The filters that would narrow what was found, with how much each would leave. */
function offer(parts, filters) {
  const groups = [];
  for (const facet of FACETS) {
    const counts = new Map();
    for (const part of parts) {
      for (const [value, count] of Object.entries(part[facet] ?? {})) counts.set(value, (counts.get(value) ?? 0) + count);
    }
    const taken = filters[facet] ?? [];
    const values = [...counts].filter(([value, count]) => count > 0 || taken.includes(value));
    if (facet === "kind") values.sort((a, b) => KINDS.indexOf(a[0]) - KINDS.indexOf(b[0]));
    else if (facet === "year") values.sort((a, b) => b[0].localeCompare(a[0], lang, { numeric: true }));
    else values.sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], lang));
    if (values.length < 2 && taken.length === 0) continue;
    const line = ([value, count], i) => {
      const box = element("input", { type: "checkbox", name: facet, value, id: `f-${facet}-${i}` });
      box.checked = taken.includes(value);
      const name = element("span", { dir: "auto" }, label(facet, value));
      return element("li", {}, element("label", {}, box, name, element("span", { class: "n" }, number.format(count))));
    };
    // What is chosen stays in sight.
    values.sort((a, b) => taken.includes(b[0]) - taken.includes(a[0]));
    const lines = values.slice(0, 200).map(line);
    const group = element("fieldset", {}, element("legend", {}, words[facet]), element("ul", {}, ...lines.slice(0, VALUES)));
    if (lines.length > VALUES) {
      group.append(element("details", {}, element("summary", {}, words.more), element("ul", {}, ...lines.slice(VALUES))));
    }
    groups.push(group);
  }
  // The box that was used keeps the focus.
  const focused = facets.contains(document.activeElement) ? document.activeElement : undefined;
  facets.replaceChildren(...groups);
  fold.hidden = groups.length === 0;
  if (focused) {
    const same = [...facets.querySelectorAll("input")].find((box) => box.name === focused.name && box.value === focused.value);
    (same ?? field).focus();
  }
}

/** The filters that are chosen, each a button that takes it away. */
function show(filters) {
  const buttons = Object.entries(filters).flatMap(([facet, values]) =>
    values.map((value) => {
      const name = label(facet, value);
      const button = element("button", { type: "button", "aria-label": `${words.remove}: ${name}` }, name, " ×");
      button.addEventListener("click", () => choose(facet, value, false));
      return element("li", { dir: "auto" }, button);
    }),
  );
  if (buttons.length > 1) {
    const clear = element("button", { type: "button" }, words.clear);
    clear.addEventListener("click", () => change({ filters: {} }));
    buttons.push(element("li", {}, clear));
  }
  chosen.replaceChildren(...buttons);
  chosen.hidden = buttons.length === 0;
}

function change(part, push = true) {
  remember({ ...asked(), ...part }, push);
  return search();
}

function choose(facet, value, on) {
  const { filters } = asked();
  const values = (filters[facet] ?? []).filter((other) => other !== value);
  const next = { ...filters, [facet]: on ? [...values, value] : values };
  if (!on && chosen.contains(document.activeElement)) field.focus();
  return change({ filters: next });
}

let typing;
const typed = () => {
  clearTimeout(typing);
  return change({ text: field.value.trim() }, false);
};

field.addEventListener("focus", () => engines().catch(() => {}), { once: true });
field.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(typed, 250);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  typed();
});
order.addEventListener("change", () => change({ order: order.value }));
facets.addEventListener("change", ({ target }) => choose(target.name, target.value, target.checked));
more.addEventListener("click", async () => (await next(run))?.querySelector("a").focus());
addEventListener("popstate", () => {
  field.value = asked().text;
  search();
});

// From the field down through the results and back, and `/` from anywhere.
document.addEventListener("keydown", (event) => {
  const links = [...list.querySelectorAll("h2 a")];
  const here = links.indexOf(document.activeElement);
  const typingElsewhere = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !typingElsewhere) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (event.key === "ArrowDown" && (document.activeElement === field || here >= 0) && links[here + 1]) {
    event.preventDefault();
    links[here + 1].focus();
  } else if (event.key === "ArrowUp" && here >= 0) {
    event.preventDefault();
    (links[here - 1] ?? field).focus();
  }
});

field.value = asked().text;
search();
