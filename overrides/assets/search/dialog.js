/* The search box: a dialog that loads the engine when it is first opened. */
"use strict";

{
  const SHOWN = 30;
  const EXCERPT = 160;
  const here = document.currentScript.src;
  const root = new URL("../../", here);

  const opener = document.querySelector("[data-search-open]");
  const dialog = document.querySelector("[data-search]");
  const input = dialog.querySelector("input");
  const status = dialog.querySelector("[role=status]");
  const list = dialog.querySelector("ol");
  const hints = dialog.querySelector("[data-search-hints]");

  const script = (name) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(name, here);
      element.onload = resolve;
      element.onerror = () => reject(new Error(name));
      document.head.append(element);
    });

  // entries.js calls this.
  const entries = new Promise((resolve) => {
    window.searchEntries = (...list) => resolve(list);
  });

  let loading;
  const engine = () =>
    (loading ??= script("minisearch.js")
      .then(() => Promise.all([script("engine.js"), script("entries.js")]))
      .then(async () => {
        await searchEngine.load(...(await entries));
        return searchEngine;
      }));

  const element = (tag, attributes, ...children) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  };

  // A browser does not look for index.html when it reads a folder.
  const address = (url) => {
    const target = new URL(url, root);
    if (target.protocol === "file:") target.pathname = target.pathname.replace(/\/$/, "/index.html");
    return target.href;
  };

  function excerpt(tag, lang, text, matches) {
    const first = matches.length ? matches[0][0] : 0;
    const whole = text.length <= EXCERPT;
    const from = whole || first < EXCERPT / 2 ? 0 : text.lastIndexOf(" ", first - EXCERPT / 4) + 1 || first - EXCERPT / 4;
    const to = whole ? text.length : Math.min(text.length, from + EXCERPT);
    const made = element(tag, { className: "search__excerpt", lang });
    let at = from;
    if (from > 0) made.append("… ");
    for (const [start, end] of matches.filter((match) => match[0] >= from && match[1] <= to)) {
      made.append(text.slice(at, start), element("mark", {}, text.slice(start, end)));
      at = end;
    }
    made.append(text.slice(at, to));
    if (to < text.length) made.append(" …");
    return made;
  }

  function item({ matches }, entry, pattern) {
    const seen = (text) => new Set(matches(text, pattern).map(([start, end]) => text.slice(start, end).toLowerCase())).size;
    const best = (texts, score) => texts.reduce((a, b) => (score(b) > score(a) ? b : a), texts[0]);
    const quote = best(entry.quotes, (quote) => seen(quote.slice(1).join("\n")));
    const translations = entry.quotes.map((quote) => quote[2]).filter(Boolean);
    const text = best([...entry.texts, ...translations], seen);
    const [lang, title] = entry.title;
    const link = element("a", { href: address(entry.url), lang }, title);
    const head = element("p", { className: "search__head" }, link, " ");
    if (entry.verdict) {
      const [verdict, label] = entry.verdict;
      const badge = element("span", { className: `verdict verdict--${verdict}` }, label);
      badge.dataset.verdict = verdict;
      head.append(badge);
    } else {
      head.append(element("span", { className: "search__kind" }, entry.kind));
    }
    const made = element("li", { className: "search__item" }, head);
    if (quote && (entry.kind === "claim" || seen(quote[1]))) {
      const shown = excerpt("blockquote", quote[0], quote[1], matches(quote[1], pattern));
      // What articles say has a translation beside it; what reports say has none.
      if (entry.kind === "claim" && !quote[2]) shown.prepend(element("span", { lang: "en" }, "The report: "));
      made.append(shown);
    }
    if (text) made.append(excerpt("p", "en", text, matches(text, pattern)));
    return made;
  }

  function message(query, found, near) {
    if (!found) return `Nothing on this site has “${query}”.`;
    const results = found === 1 ? "1 result" : `${found} results`;
    const first = found > SHOWN ? `; the first ${SHOWN} are shown` : "";
    return near
      ? `Nothing has all of “${query}”. ${results} with parts of it${first}.`
      : `${results} for “${query}”${first}.`;
  }

  async function show() {
    const query = input.value.trim();
    if (!query) {
      list.replaceChildren();
      status.textContent = "";
      hints.hidden = true;
      return;
    }
    try {
      const ready = await engine();
      if (query !== input.value.trim()) return;
      const { results, near, pattern } = ready.search(query);
      list.replaceChildren(...results.slice(0, SHOWN).map((entry) => item(ready, entry, pattern)));
      status.textContent = message(query, results.length, near);
      hints.hidden = results.length > 0;
    } catch (error) {
      status.textContent = "The search could not be loaded.";
      hints.hidden = false;
    }
  }

  function open(event) {
    event.preventDefault();
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    show();
    engine().catch(() => {});
  }

  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  opener.addEventListener("click", open);
  opener.addEventListener("keydown", (event) => {
    if (event.key === " ") open(event);
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") open(event);
  });

  input.addEventListener("input", show);
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("a")) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    // Below, Material listens for single letters.
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") {
      // Not only the field's own answer, which is to empty it.
      event.preventDefault();
      dialog.close();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [input, ...list.querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
}
