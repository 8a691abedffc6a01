// The button that changes between light and dark, and remembers.
{
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  document.querySelector(".scheme")?.addEventListener("click", () => {
    const now = root.dataset.scheme || (dark.matches ? "dark" : "light");
    root.dataset.scheme = now === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("scheme", root.dataset.scheme);
    } catch {
      // A browser that stores nothing still changes this page.
    }
  });
}

// Where an address leads nowhere, its words are what was looked for.
{
  const input = document.querySelector('body[class="404-page"] .search-form input');
  const name = location.pathname.split("/").filter(Boolean).pop() ?? "";
  if (input && !input.value) {
    try {
      input.value = decodeURIComponent(name).replace(/\.html?$|^index$/, "").replace(/[-_+]+/g, " ").trim();
    } catch {
      // An address that is badly encoded has no words.
    }
  }
}

// The switch that marks every name of a text works without this, which remembers it.
{
  const { dataset } = document.documentElement;
  const box = document.querySelector(".all-names input");
  if (box) box.checked = "names" in dataset;
  box?.addEventListener("change", () => {
    if (box.checked) dataset.names = "";
    else delete dataset.names;
    try {
      if (box.checked) localStorage.setItem("names", "all");
      else localStorage.removeItem("names");
    } catch {
      // As above.
    }
  });
}

// Cards: a name opens one by hover with intent, by focus or by tap. Without this, names are plain links.
if ("popover" in HTMLElement.prototype && document.querySelector(".card")) {
  const sheet = matchMedia("(max-width: 40em)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const anchored = CSS.supports("position-area: block-end");
  const nameOf = (target) => target.closest?.("a[data-card], [data-names] .m");
  let name = null; // the name whose card is open
  let timer = 0;
  let hushed = null; // a name that gets the focus back must not open its card again
  const card = () => name && document.getElementById(`card.${name.dataset.card}`);

  // Where there is no anchor positioning: below the last line of the name, or above its first.
  function place(box) {
    const lines = name.getClientRects();
    const below = lines[lines.length - 1].bottom + 7;
    const above = lines[0].top - 7 - box.offsetHeight;
    const most = document.documentElement.clientWidth - box.offsetWidth - 16;
    box.style.top = `${below + box.offsetHeight > innerHeight && above > 0 ? above : below}px`;
    box.style.left = `${Math.max(16, Math.min(lines[0].left, most))}px`;
  }

  function open(next) {
    clearTimeout(timer);
    if (next === name) return;
    close();
    const box = document.getElementById(`card.${next.dataset.card}`);
    if (!box) return;
    name = next;
    const why = box.querySelector(".why");
    why.dataset.own ??= why.textContent;
    why.textContent = name.dataset.why ?? why.dataset.own;
    // The evidence is that of a link, and a later mention is none.
    why.parentElement.hidden = name.matches(".m");
    name.style.setProperty("anchor-name", "--name");
    if (name.href) name.setAttribute("aria-expanded", "true");
    box.showPopover({ source: name });
    if (sheet.matches) {
      const hidden = name.getBoundingClientRect().bottom + 24 - (innerHeight - box.offsetHeight);
      if (hidden > 0) scrollBy({ top: hidden, behavior: still.matches ? "auto" : "smooth" });
    } else if (!anchored) place(box);
  }

  function close() {
    clearTimeout(timer);
    card()?.hidePopover();
    forget();
  }

  function forget() {
    name?.style.removeProperty("anchor-name");
    if (name?.href) name.setAttribute("aria-expanded", "false");
    name = null;
  }

  for (const box of document.querySelectorAll(".card")) {
    box.addEventListener("beforetoggle", (event) => {
      if (event.newState === "closed" && box === card()) {
        hushed = box.contains(document.activeElement) ? name : null;
        forget();
      }
    });
  }
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    clearTimeout(timer);
    const over = nameOf(event.target);
    if (over) timer = setTimeout(open, name ? 120 : 280, over);
    else if (name && !event.target.closest?.(".card")) timer = setTimeout(close, 280);
  });
  document.addEventListener("focusin", (event) => {
    const focused = nameOf(event.target);
    if (focused && focused === hushed) hushed = null;
    else if (focused?.matches(":focus-visible")) open(focused);
    else if (name && !event.target.closest?.(".card")) close();
  });
  // A tap opens the card, which holds the link; a click with the mouse or the Enter key follows the link.
  document.addEventListener("click", (event) => {
    const tapped = nameOf(event.target);
    if (!tapped || !["touch", "pen"].includes(event.pointerType)) return;
    event.preventDefault();
    open(tapped);
  });
  document.addEventListener("scroll", () => name && !anchored && !sheet.matches && close(), { passive: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && name) {
      event.preventDefault();
      close();
    }
  });
}
