// What the pages do beyond being read. Everything is there without it: it only opens, filters, copies.
(function () {
  "use strict";

  const remembered = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private window */ } };

  // A page that was opened from a folder may not change its address in every browser.
  const keep = (address) => { try { history.replaceState(null, "", address); } catch { /* a file */ } };

  // From a folder, without a server, an address that ends in "/" would list files.
  if (location.protocol === "file:") {
    for (const link of document.querySelectorAll("a[href]")) {
      const url = new URL(link.href);
      if (url.protocol === "file:" && url.pathname.endsWith("/")) {
        url.pathname += "index.html";
        link.href = url.href;
      }
    }
  }

  // The annotated article: what to show, marked words, keys.
  function reader(article) {
    const choices = [...document.querySelectorAll(".views input")];
    function view(name) {
      article.dataset.view = name;
      for (const choice of choices) choice.checked = choice.value === name;
    }
    const kept = remembered("explainer.view");
    if (choices.some((choice) => choice.value === kept)) view(kept);
    for (const choice of choices)
      choice.addEventListener("change", () => {
        view(choice.value);
        remember("explainer.view", choice.value);
      });

    const tip = document.createElement("div");
    Object.assign(tip, { className: "tip", id: "tip", hidden: true });
    tip.setAttribute("role", "tooltip");
    document.body.append(tip);
    let owner = null;
    let closing = 0;

    function close() {
      owner?.removeAttribute("aria-describedby");
      owner = null;
      tip.hidden = true;
    }
    function open(words) {
      clearTimeout(closing);
      if (owner === words) return;
      close();
      owner = words;
      const ids = words.dataset.notes?.split(" ") ?? [words.hash.slice(1)];
      tip.replaceChildren(
        ...ids.flatMap((id) => {
          const card = document.getElementById(id);
          const head = document.createElement("p");
          head.append(...[...card.querySelector("summary").childNodes].map((node) => node.cloneNode(true)));
          return [head, card.querySelector(".note-card__body > p").cloneNode(true)];
        }),
      );
      words.setAttribute("aria-describedby", "tip");
      tip.hidden = false;
      const box = words.getClientRects()[0];
      const width = tip.offsetWidth;
      const left = Math.min(Math.max(8, box.left), document.documentElement.clientWidth - width - 8);
      tip.style.left = `${left + scrollX}px`;
      tip.style.top = `${words.getBoundingClientRect().bottom + scrollY + 6}px`;
    }
    const later = () => { closing = setTimeout(close, 250); };

    const marked = [...article.querySelectorAll("a.said")];
    for (const words of marked) {
      words.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && open(words));
      words.addEventListener("pointerleave", later);
      words.addEventListener("focus", () => words.matches(":focus-visible") && open(words));
      words.addEventListener("blur", later);
      words.addEventListener("click", (event) => {
        event.preventDefault();
        close();
        show(words.hash);
      });
    }
    tip.addEventListener("pointerenter", () => clearTimeout(closing));
    tip.addEventListener("pointerleave", later);

    function show(hash) {
      const card = document.getElementById(decodeURIComponent(hash.slice(1)));
      if (!card?.matches(".note-card")) return;
      card.open = true;
      keep(hash);
      card.scrollIntoView({ block: "nearest" });
      card.querySelector("summary").focus();
    }
    show(location.hash);

    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && owner) return close();
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
      const step = { j: 1, k: -1 }[event.key];
      if (!step) return;
      const at = marked.indexOf(document.activeElement);
      const next = marked[at < 0 ? (step > 0 ? 0 : marked.length - 1) : at + step];
      next?.focus();
      next?.scrollIntoView({ block: "center" });
      if (next) open(next);
    });
  }

  // The table of all claims: choices from the rows themselves, state in the address.
  const folded = (text) => text.normalize("NFKC").toLowerCase();

  function table(element) {
    const rows = [...element.tBodies[0].rows].map((row) => ({
      row,
      text: folded(`${row.textContent} ${row.dataset.words}`),
      values: JSON.parse(row.dataset.facets),
    }));
    const form = document.querySelector("form.filters");
    const status = document.querySelector(".filters__status");
    const search = form.elements.words;
    const state = new URLSearchParams(location.search);
    for (const field of form.elements) if (field.name && state.has(field.name)) field.value = state.get(field.name);

    function apply() {
      const wanted = folded(search.value).split(/\s+/).filter(Boolean);
      const picked = [...form.elements].filter((field) => field.tagName === "SELECT" && field.value);
      let shown = 0;
      for (const { row, text, values } of rows) {
        const fits =
          wanted.every((word) => text.includes(word)) &&
          picked.every((field) => field.value in values[field.name]);
        if (row.hidden === fits) row.hidden = !fits;
        shown += fits;
      }
      status.textContent = shown
        ? `${shown} of ${rows.length} claims`
        : "No claim fits. Take a filter away, or try other words: original, translation and claim are all searched.";
      const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      keep(query.size ? `?${query}` : location.pathname + location.hash);
    }
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    apply();
  }
  // Words to take along.
  function copying(button) {
    const words = button.previousElementSibling;
    const said = button.nextElementSibling;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(words.textContent.trim());
        said.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(words);
        said.textContent = "Selected: copy with your keyboard";
      }
    });
  }

  document.querySelectorAll(".reader").forEach(reader);
  document.querySelectorAll("table.claims").forEach(table);
  document.querySelectorAll("button.copy").forEach(copying);
})();
