// Keeps an open page up with its sources. Made by `dateline serve`; never part of a build.
(() => {
  const me = document.currentScript;
  let tag = me.dataset.tag;
  const place = 'dateline:' + location.pathname;

  // A page that is loaded again is shown where it was read.
  const kept = sessionStorage.getItem(place);
  if (kept !== null) {
    sessionStorage.removeItem(place);
    addEventListener('load', () => scrollTo({ top: Number(kept), behavior: 'instant' }));
  }
  const reload = () => {
    sessionStorage.setItem(place, String(scrollY));
    location.reload();
  };

  // The panel stands outside the page's own tree and styles. Text goes in as text, never as HTML.
  let panel = null;
  const parts = { faults: null, notice: null, mentions: null };
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
      .faults { position: fixed; z-index: 2147483647; inset: auto 0 0 0; max-height: 60vh; overflow: auto;
        background: #1c1517; color: #f4ecec; border-top: 4px solid #e0483e; padding: 1rem 1.5rem;
        font: 14px/1.5 system-ui, sans-serif; }
      .mentions { position: fixed; z-index: 2147483645; inset: 0 0 0 auto; width: min(26rem, 90vw); overflow: auto;
        background: #fffdf5; color: #1b1a17; border-left: 4px solid #ffd75e; padding: 1rem;
        font: 14px/1.4 system-ui, sans-serif; }
      .mentions li { margin: 0 0 .6rem; cursor: pointer; }
      .mentions small { display: block; color: #5a564c; }
      .review { background: #ffe3c2; }
      a { color: inherit; }
      h2 { margin: 0 0 .5rem; font-size: 16px; }
      pre { margin: 0 0 1rem; font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }`;
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
      parts.faults.append(element('h2', '', count + ': this page is shown as it last was good'));
      for (const fault of faults) parts.faults.append(element('pre', '', fault.drawing));
    }
    draw();
  };

  // Alt+I shows what was found on the page, sure or not, and why; again hides it.
  const find = (text, before) => {
    const from = document.querySelector('article') ?? document.body;
    const walker = document.createTreeWalker(from, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let all = '';
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes.push([all.length, node]);
      all += node.data;
    }
    const at = all.indexOf(before + text);
    if (at < 0) return null;
    const range = document.createRange();
    const place = (offset) => {
      const [start, node] = nodes.findLast(([start]) => start <= offset);
      return [node, Math.min(offset - start, node.length)];
    };
    range.setStart(...place(at + before.length));
    range.setEnd(...place(at + before.length + text.length - 1));
    range.setEnd(range.endContainer, range.endOffset + 1);
    return range;
  };
  const colour = new CSSStyleSheet();
  colour.replaceSync('::highlight(dateline) { background-color: #ffd75e; color: #221a00 }');
  const showMentions = async () => {
    if (parts.mentions) {
      parts.mentions = null;
      CSS.highlights?.clear();
      return draw();
    }
    const found = await (await fetch('/_dateline/mentions?' + new URLSearchParams({ path: location.pathname }))).json();
    const box = element('div', 'mentions');
    const list = element('ol');
    const all = element('a', '', 'How the site stands');
    all.href = '/_dateline/';
    box.append(element('h2', '', found ? found.mentions.length + ' names in ' + found.path : 'No article'), list, all);
    const marks = [];
    for (const mention of found?.mentions ?? []) {
      const row = element('li', mention.status, `${mention.text} → ${mention.entity ?? '?'}`);
      const sure = `${mention.kind}, ${mention.confidence} %, ${mention.status}${mention.linked ? ', linked' : ''}`;
      row.append(element('small', '', sure), element('small', '', mention.evidence));
      if (mention.candidates.length) row.append(element('small', '', 'or: ' + mention.candidates.join(', ')));
      if (mention.line) row.append(element('small', '', `${found.path}:${mention.line}`));
      const range = find(mention.text, mention.before);
      if (range) {
        marks.push(range);
        row.addEventListener('click', () => range.startContainer.parentElement.scrollIntoView({ block: 'center' }));
      }
      list.append(row);
    }
    if (window.Highlight) CSS.highlights.set('dateline', new Highlight(...marks));
    if (!document.adoptedStyleSheets.includes(colour)) document.adoptedStyleSheets.push(colour);
    parts.mentions = box;
    draw();
  };
  addEventListener('keydown', (event) => {
    if (event.altKey && event.code === 'KeyI') {
      event.preventDefault();
      showMentions();
    }
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
      const link = old.cloneNode();
      link.href = href.href;
      link.addEventListener('load', () => old.remove());
      old.after(link);
    });
  };

  const connect = () => {
    const query = new URLSearchParams({ path: location.pathname, tag });
    const events = new EventSource('/_dateline/events?' + query);
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
      events.close();
      setTimeout(connect, 500);
    });
    addEventListener('pagehide', () => events.close(), { once: true });
  };
  connect();
  addEventListener('pageshow', (event) => { if (event.persisted) connect(); });
})();
