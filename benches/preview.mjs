// How long an edit of one file takes to show in the preview: measured by a client over HTTP, in Dateline and in Hugo's
// server, in turn, in one run.
//
//     cargo build --release && node benches/preview.mjs [ARTICLES] [ROUNDS]        defaults: 1000 5
//
// An edit is one write of a file; it shows when a request for a page gets the new words. Pages are asked for every 5 ms.
// The archive is the one of benches/archive, on tmpfs. `hugo` must be on the PATH; without it only Dateline is measured.
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [articles = '1000', rounds = '5'] = process.argv.slice(2);
const root = new URL('..', import.meta.url).pathname;
const work = mkdtempSync('/dev/shm/dateline-preview-');
const servers = [];
process.on('exit', () => {
  for (const server of servers) server.kill('SIGKILL');
  rmSync(work, { recursive: true, force: true });
});
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) / 2)];
const text = async (url) => {
  try {
    return await (await fetch(url)).text();
  } catch {
    return '';
  }
};
/** The text of a page, or of its first style sheet. */
const seen = async (url, style) => {
  const page = await text(url);
  const sheet = style && /href="([^"]*\.css)"/.exec(page)?.[1];
  return sheet ? text(new URL(sheet, url)) : page;
};
/** Milliseconds from now until the page at `url`, or its style sheet, has the words. */
const shows = async (url, words, style = false) => {
  const start = performance.now();
  while (!(await seen(url, style)).includes(words)) {
    if (performance.now() - start > 300_000) throw new Error(`${url} never had ${words}`);
    await sleep(5);
  }
  return performance.now() - start;
};
const memory = (pid) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
const serve = (command, args) => {
  const server = spawn(command, args, { stdio: 'ignore' });
  servers.push(server);
  return server;
};

for (const flavour of ['dateline', 'hugo']) {
  const extra = flavour === 'hugo' ? ['--hugo'] : [];
  execFileSync('cargo', ['bench', '--quiet', '--bench', 'archive', '--', articles, join(work, flavour), ...extra], { cwd: root });
}
const sites = [
  {
    name: 'dateline',
    url: 'http://127.0.0.1:18111',
    start: () =>
      serve(join(root, 'target/release/dateline'), ['--quiet', '-r', join(work, 'dateline'), 'serve', '-p', '18111', '--now', '2026-01-01T00:00:00Z', '-u', 'http://127.0.0.1:18111/']),
    article: (date, slug) => `/${date.replaceAll('-', '/')}/${slug}/`,
  },
  {
    name: 'hugo',
    url: 'http://127.0.0.1:18112',
    start: () => serve('hugo', ['server', '-s', join(work, 'hugo'), '-p', '18112', '--renderToMemory', '--quiet', '--disableLiveReload']),
    article: (_, slug) => `/articles/${slug}/`,
  },
];
// A theme of the site's own, so that its files can be edited where they lie.
const theme = join(work, 'dateline/themes/own');
cpSync(join(root, 'themes/broadsheet'), theme, { recursive: true });
cpSync(join(root, 'templates/article.html'), join(theme, 'templates/article.html'));
writeFileSync(join(theme, 'theme.yaml'), readFileSync(join(theme, 'theme.yaml'), 'utf8').replace(/^name: .*/m, 'name: own'));
const settings = join(work, 'dateline/dateline.yaml');
const setting = (title, more = '') =>
  writeFileSync(settings, `title: ${title}\nbase_url: http://127.0.0.1:18111/\ntheme: own\n${more}`);
setting('Paper');
const names = readdirSync(join(work, 'dateline/content/articles')).sort();
const pick = names[Math.floor(names.length / 2)];
const found = {};
for (const site of sites) {
  try {
    const server = site.start();
    await new Promise((done, fail) => (server.once('spawn', done), server.once('error', fail)));
    site.pid = server.pid;
    site.ready = await shows(`${site.url}/`, '</html>');
  } catch (error) {
    console.log(`${site.name}: not measured (${error.message})`);
  }
}
const running = sites.filter((site) => site.ready);
// The newest of all leads its topic.
const dateOf = (source) => /date: (\S+)/.exec(source)[1];
const folder = join(work, 'dateline/content/articles');
const lead = names.map((name) => [dateOf(readFileSync(join(folder, name), 'utf8')), name]).reduce((a, b) => (b[0] > a[0] ? b : a))[1];
for (const site of running) {
  const look = async (name) => {
    const file = join(work, site.name, 'content/articles', name);
    const source = readFileSync(file, 'utf8');
    const page = site.url + site.article(dateOf(source).slice(0, 10), name.replace(/\.md$/, ''));
    const topic = /href="?[^" >]*(\/topics\/[^\/" >]+\/)/.exec(await text(page))?.[1];
    if (!topic) throw new Error(`${page} is not there`);
    return { file, source, page, topic };
  };
  Object.assign(site, await look(pick));
  const first = await look(lead);
  Object.assign(site, { leadFile: first.file, leadSource: first.source, leadTopic: first.topic });
}
// Whoever of the registry is linked in the most articles.
for (const site of running.filter((site) => site.name === 'dateline')) {
  const ids = [...readFileSync(join(work, 'dateline/content/entities.yaml'), 'utf8').matchAll(/- id: (\S+)\n.*\n  kind: person/g)];
  const counts = [];
  for (const [, id] of ids.slice(0, 60)) {
    const linked = await text(`${site.url}/entities/${id}/`);
    counts.push([Number(/([\d,]+) articles/.exec(linked)?.[1].replace(/,/g, '') ?? 0), id]);
  }
  site.frequent = counts.reduce((a, b) => (b[0] > a[0] ? b : a));
  console.log(`most frequent: ${site.frequent[1]}, ${site.frequent[0]} articles`);
}
let step = 0;
for (let round = 0; round < Number(rounds); round++) {
  for (const site of running) {
    const measure = async (what, url, change, words, style = false) => {
      change();
      const time = await shows(url, words, style);
      ((found[site.name] ??= {})[what] ??= []).push(time);
      console.log(`${site.name}: ${what}: ${time.toFixed(0)} ms`);
      await sleep(1500);
    };
    const word = `quillword${++step}`;
    await measure('text of an article', site.page, () => appendFileSync(site.file, `\nThe ${word} stood.\n`), word);
    const titled = (text, title) => text.replace(/title: .*/, `title: "${title}"`);
    // The newest piece of its topic stands on the topic's first page.
    const fresh = titled(site.leadSource, `Headline ${word}`);
    await measure('headline, on its topic', site.url + site.leadTopic, () => writeFileSync(site.leadFile, fresh), `Headline ${word}`);
    writeFileSync(site.leadFile, site.leadSource);
    await sleep(1500);
    // Both show the newest first: a piece of the middle is dated anew, so that it leads its lists.
    const newest = titled(site.source, `Dated ${word}`).replace(/date: .*/, 'date: 2025-12-31T23:59:00Z');
    await measure('another date, on its topic', site.url + site.topic, () => writeFileSync(site.file, newest), `Dated ${word}`);
    writeFileSync(site.file, site.source);
    await sleep(1500);
    if (site.name === 'dateline') {
      const registry = join(work, 'dateline/content/entities.yaml');
      const line = `Described as ${word}`;
      const id = /id: (\S+)/.exec(readFileSync(registry, 'utf8'))[1];
      const edit = readFileSync(registry, 'utf8').replace(/(- id: \S+\n)(\s+description: .*\n)?/, `$1  description: ${line}\n`);
      await measure('registry', `${site.url}/entities/${id}/`, () => writeFileSync(registry, edit), line);
      // An alias of the person that stands in the most articles, of which no text has a word.
      const [, frequent] = site.frequent;
      const named = readFileSync(registry, 'utf8').replace(new RegExp(`(- id: ${frequent}\n  name: .*\n(?:  description: .*\n)?  kind: .*\n)(  aliases: .*\n)?`), `$1  aliases: [${word}]\n`);
      await measure('alias of a frequent name', `${site.url}/entities/${frequent}/`, () => writeFileSync(registry, named), word);
      await measure('settings', site.page, () => setting(`Paper ${word}`), `Paper ${word}`);
      const percent = `annotate:\n  threshold: ${70 + (step % 20)}\n`;
      await measure('threshold', site.page, () => setting(`Sure ${word}`, percent), `Sure ${word}`);
      const own = join(theme, 'templates/article.html');
      const block = `{% block content -%}`;
      await measure('template of the theme', site.page, () => writeFileSync(own, readFileSync(own, 'utf8').replace(block, `${block}<p>${word}</p>`)), `<p>${word}</p>`);
      await measure('style sheet of the theme', site.page, () => appendFileSync(join(theme, 'static/broadsheet.css'), `\n.${word} { color: red }\n`), `.${word}`, true);
      const template = join(work, 'dateline/templates/article.html');
      execFileSync('mkdir', ['-p', join(work, 'dateline/templates')]);
      const override = `{% extends "theme/article.html" %}{% block title %}${word}{% endblock %}`;
      await measure('template', site.page, () => writeFileSync(template, override), `<title>${word}`);
    }
  }
}
for (const site of running) {
  console.log(`${site.name}: ${articles} articles, first page after ${(site.ready / 1000).toFixed(1)} s, ${memory(site.pid).toFixed(0)} MiB`);
  for (const [what, times] of Object.entries(found[site.name])) {
    console.log(`${site.name}: ${what}: median ${median(times).toFixed(0)} ms of ${times.map((t) => t.toFixed(0)).join(', ')}`);
  }
}
process.exit(0);
