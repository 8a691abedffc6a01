// Keeps an open page up with its sources. Made by `dateline serve`; never part of a build.
(() => {
  const me = document.currentScript;
  let tag = me.dataset.tag;
  const place = 'dateline:' + location.pathname;

  // A page that is loaded again is shown where it was read: also when it is loaded again before all of it is there, unless
  // the reader has moved on meanwhile.
  let kept = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  if (kept !== null) {
    for (const moved of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
      addEventListener(moved, () => { kept = null; }, { once: true, capture: true, passive: true });
    }
    addEventListener('load', () => {
      if (kept !== null) scrollTo({ top: Number(kept), behavior: 'instant' });
      kept = null;
    });
  }
  const reload = () => {
    sessionStorage.setItem(place, kept ?? String(scrollY));
    location.reload();
  };

  // The panel stands outside the page's own tree and styles. Text goes in as text, never as HTML.
  let panel = null;
  const parts = { switch: null, faults: null, notice: null, mentions: null };
  const draw = () => {
    if (!Object.values(parts).some(Boolean)) {
      panel?.remove();
      panel = null;
      return;
    }
    if (!panel) {
      panel = document.createElement('dateline-panel');
      panel.attachShadow({ mode: 'open' });
      document.documentElement.append(panel);
    }
    const style = document.createElement('style');
    style.textContent = `
      .notice { position: fixed; z-index: 2147483646; inset: auto auto 1rem 1rem; padding: .4rem .8rem;
        background: #ffd75e; color: #221a00; font: 600 14px/1.4 system-ui, sans-serif; border-radius: 4px;
        box-shadow: 0 1px 6px #0006; }
      @media (max-width: 60rem) { .notice { inset: auto 1rem 3.6rem 1rem; } }
      .faults { position: fixed; z-index: 2147483647; inset: auto 0 0 0; max-height: 60vh; overflow: auto;
        background: #1c1517; color: #f4ecec; border-top: 4px solid #e0483e; padding: 1rem 1.5rem;
        font: 14px/1.5 system-ui, sans-serif; }
      .hide { float: inline-end; min-height: 28px; padding: .2rem .8rem; border: 1px solid currentColor; border-radius: 4px;
        background: none; color: inherit; font: 600 13px/1.4 system-ui, sans-serif; cursor: pointer; }
      :host { color-scheme: inherit; }
      .switch { position: fixed; z-index: 2147483646; inset: auto 1rem 1rem auto; min-height: 28px; padding: .2rem .8rem;
        border: 1px solid currentColor; border-radius: 4px; font: 600 13px/1.4 system-ui, sans-serif; cursor: pointer;
        background: light-dark(#fffdf5, #201d1a); color: light-dark(#1b1a17, #ece6dc); }
      .switch[aria-pressed="true"] { background: #ffd75e; color: #221a00; }
      .mentions { position: fixed; z-index: 2147483645; inset: 0 0 0 auto; width: 24rem; overflow: auto; box-sizing: border-box;
        padding: 1rem 1rem 4rem; font: 14px/1.4 system-ui, sans-serif; overflow-wrap: anywhere;
        background: light-dark(#fffdf5, #201d1a); color: light-dark(#1b1a17, #ece6dc); border-left: 3px solid #c9a227; }
      @media (max-width: 60rem) { .mentions { inset: auto 0 0 0; width: auto; max-height: 45vh; border: 0; border-top: 3px solid #c9a227; } }
      @media print { :host { display: none; } }
      .mentions ol, .mentions ul { padding-left: 1.4rem; }
      .mentions li { margin: 0 0 .7rem; }
      .mentions li button { font: inherit; font-weight: 600; text-align: start; padding: 0; border: 0; background: none;
        color: inherit; cursor: pointer; text-decoration: underline dotted; }
      .mentions li[aria-current] { outline: 2px solid #c9a227; outline-offset: 4px; }
      .mentions small { display: block; font-size: 12.5px; color: light-dark(#55503f, #bdb4a2); }
      .held > button { text-decoration-style: wavy; }
      .mentions .why { color: light-dark(#8a3b00, #ffb870); }
      a { color: inherit; }
      h2 { margin: 0 0 .5rem; font-size: 16px; }
      pre { margin: 0 0 1rem; font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }`;
    parts.switch?.setAttribute('aria-pressed', String(Boolean(parts.mentions)));
    panel.shadowRoot.replaceChildren(style, ...Object.values(parts).filter(Boolean));
  };
  const element = (name, className, text) => {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  };
  const showFaults = (faults) => {
    parts.faults = null;
    if (faults.length) {
      parts.faults = element('div', 'faults');
      parts.faults.setAttribute('role', 'alert');
      const count = faults.length === 1 ? 'One fault' : faults.length + ' faults';
      // Out of sight until other faults are told.
      const hide = element('button', 'hide', 'Hide');
      hide.addEventListener('click', () => {
        parts.faults = null;
        draw();
      });
      parts.faults.append(hide, element('h2', '', count + ': this page is shown as it last was good'));
      for (const fault of faults) parts.faults.append(element('pre', '', fault.drawing));
    }
    draw();
  };

  // The switch (or Alt+I) shows what was found on the page in its place, sure or not, and why; again hides it.
  // Names are looked for in the order of the text, each behind the last: the same words may stand twice.
  const finder = () => {
    const from = document.querySelector('.e-content') ?? document.querySelector('article') ?? document.body;
    const walker = document.createTreeWalker(from, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let all = '';
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes.push([all.length, node]);
      all += node.data;
    }
    const place = (offset) => {
      const [start, node] = nodes.findLast(([start]) => start <= offset);
      return [node, Math.min(offset - start, node.length)];
    };
    let last = 0;
    return (text, before) => {
      const next = all.indexOf(before + text, Math.max(0, last - before.length));
      const at = next < 0 ? all.indexOf(before + text) : next;
      if (at < 0) return null;
      if (next >= 0) last = next + before.length + text.length;
      const range = document.createRange();
      range.setStart(...place(at + before.length));
      range.setEnd(...place(at + before.length + text.length - 1));
      range.setEnd(range.endContainer, range.endOffset + 1);
      return range;
    };
  };
  const colours = new CSSStyleSheet();
  colours.replaceSync(`
    ::highlight(dateline-sure) { background-color: light-dark(#cfe8cf, #1f4a2a); color: light-dark(#0c1f10, #e6f5e8) }
    ::highlight(dateline-held) { background-color: light-dark(#ffd9a8, #6b3d08); color: light-dark(#2b1600, #ffeeda) }
    ::highlight(dateline-chosen) { background-color: #ffe14d; color: #1d1800 }`);
  let rows = [];
  const highlight = (name, ranges) => {
    if (!window.Highlight) return;
    const mark = new Highlight(...ranges);
    mark.priority = name === 'chosen' ? 1 : 0;
    CSS.highlights.set('dateline-' + name, mark);
  };
  const choose = (chosen, scroll) => {
    for (const { row } of rows) row.removeAttribute('aria-current');
    chosen.row.setAttribute('aria-current', 'true');
    highlight('chosen', chosen.range ? [chosen.range] : []);
    const calm = { block: 'center' };
    if (scroll === 'page') chosen.range?.startContainer.parentElement.scrollIntoView(calm);
    else chosen.row.scrollIntoView(calm);
  };
  // A click on a name in the text shows its entry.
  addEventListener('click', (event) => {
    if (!parts.mentions || event.target === panel) return;
    const hit = rows.find(({ range }) => [...(range?.getClientRects() ?? [])].some((box) =>
      event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom));
    if (!hit) return;
    event.preventDefault();
    event.stopPropagation();
    choose(hit, 'list');
  }, true);
  const showMentions = async () => {
    if (parts.mentions) {
      parts.mentions = null;
      rows = [];
      for (const name of ['sure', 'held', 'chosen']) CSS.highlights?.delete('dateline-' + name);
      sessionStorage.removeItem('dateline-inspect');
      return draw();
    }
    sessionStorage.setItem('dateline-inspect', 'on');
    const found = await (await fetch('/_dateline/mentions?' + new URLSearchParams({ path: location.pathname }))).json();
    const box = element('div', 'mentions');
    box.setAttribute('role', 'complementary');
    box.setAttribute('aria-label', 'Annotations of this page');
    const all = element('a', '', 'How the site stands');
    all.href = '/_dateline/';
    const held = found?.mentions.filter((mention) => mention.held).length;
    const title = found ? `${found.mentions.length} names, ${held} held back` : 'No article: nothing is annotated here';
    box.append(element('h2', '', title));
    if (found) box.append(element('p', '', found.path));
    box.append(all);
    rows = [];
    const find = finder();
    const list = element('ol');
    for (const mention of found?.mentions ?? []) {
      const row = element('li', mention.held ? 'held' : 'sure');
      const button = element('button', '', `${mention.text} → ${mention.entity ?? '?'}`);
      const sure = `${mention.kind}, ${mention.confidence} %, ${mention.status}${mention.linked ? ', linked' : ''}`;
      row.append(button, element('small', '', sure), element('small', '', mention.evidence));
      if (mention.held) row.append(element('small', 'why', 'Held back: ' + mention.held));
      if (mention.candidates.length) row.append(element('small', '', 'or: ' + mention.candidates.join(', ')));
      const place = mention.line ? `${found.path}:${mention.line}` : found.path;
      row.append(element('small', '', `Change it at ${place}; ${mention.remedy}`));
      const entry = { row, range: find(mention.text, mention.before), held: Boolean(mention.held) };
      button.addEventListener('click', () => choose(entry, 'page'));
      rows.push(entry);
      list.append(row);
    }
    box.append(list);
    const more = (name, values, line) => {
      if (!values?.length) return;
      const list = element('ul');
      for (const value of values) list.append(element('li', '', line(value)));
      box.append(element('h2', '', name), list);
    };
    const at = (line) => (line ? ` (line ${line})` : '');
    more('Topics', found?.topics, (t) => `${t.topic}, ${t.confidence} %${t.cues.length ? ': ' + t.cues.join(', ') : ''}`);
    more('Quotations', found?.quotes, (q) => `“${q.text}” — ${q.speaker}, ${q.confidence} %${at(q.line)}`);
    more('Dates', found?.dates, (d) => `${d.text} = ${d.value}${at(d.line)}`);
    const ranges = (held) => rows.filter((row) => row.range && row.held === held).map((row) => row.range);
    highlight('sure', ranges(false));
    highlight('held', ranges(true));
    if (!document.adoptedStyleSheets.includes(colours)) document.adoptedStyleSheets.push(colours);
    parts.mentions = box;
    draw();
  };
  addEventListener('keydown', (event) => {
    if (event.altKey && event.code === 'KeyI') {
      event.preventDefault();
      showMentions();
    }
  });
  addEventListener('DOMContentLoaded', () => {
    parts.switch = element('button', 'switch', 'Inspect');
    parts.switch.title = 'Show what was found on this page, and why (Alt+I)';
    parts.switch.addEventListener('click', showMentions);
    draw();
    // What was switched on stays on from page to page.
    if (sessionStorage.getItem('dateline-inspect')) showMentions();
  });

  // Style sheets are put in place of the old ones without loading the page again.
  const restyle = async () => {
    const answer = await fetch(location.href, { cache: 'no-store' });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const links = (from) => [...from.querySelectorAll('link[rel~="stylesheet"]')];
    const [now, next] = [links(document), links(fresh)];
    if (now.length !== next.length) return reload();
    now.forEach((old, i) => {
      const href = new URL(next[i].getAttribute('href'), location.href);
      if (href.href === old.href) href.searchParams.set('dateline', Date.now());
      const link = next[i].cloneNode();
      link.href = href.href;
      link.addEventListener('load', () => old.remove());
      old.after(link);
    });
  };

  // A browser keeps few connections to a host, so that only pages that are seen listen; a page that comes to be seen
  // is told at once what it missed.
  let events = null;
  const close = () => {
    events?.close();
    events = null;
  };
  const connect = () => {
    close();
    if (document.hidden) return;
    const query = new URLSearchParams({ path: location.pathname, tag });
    events = new EventSource('/_dateline/events?' + query);
    events.addEventListener('faults', (event) => showFaults(JSON.parse(event.data)));
    events.addEventListener('notice', (event) => {
      const text = JSON.parse(event.data);
      parts.notice = text ? element('div', 'notice', text) : null;
      draw();
    });
    events.addEventListener('reload', reload);
    events.addEventListener('style', (event) => {
      tag = event.data;
      restyle().catch(reload);
    });
    // The browser connects again by itself, but with the tag of the first time.
    events.addEventListener('error', () => {
      close();
      setTimeout(connect, 500);
    });
  };
  connect();
  addEventListener('pagehide', close);
  document.addEventListener('visibilitychange', connect);
  addEventListener('pageshow', (event) => { if (event.persisted) connect(); });
})();
