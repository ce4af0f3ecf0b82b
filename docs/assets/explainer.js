// What the pages do beyond being read. Everything is there without it: it only opens, filters, copies.
(function () {
  "use strict";

  const remembered = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private window */ } };

  // A page that was opened from a folder may not change its address in every browser.
  const keep = (address) => { try { history.replaceState(null, "", address); } catch { /* a file */ } };

  // Where a page or file stands. From a folder, without a server, an address that ends in "/" would list files.
  const root = new URL("../", document.currentScript.src);
  function address(path) {
    const url = new URL(path, root);
    if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
    return url.href;
  }
  if (location.protocol === "file:")
    for (const link of document.querySelectorAll("a[href]")) link.href = address(link.href);

  function make(tag, attributes, ...children) {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
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
    Object.assign(tip, { className: "peek", id: "peek", hidden: true });
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
      words.setAttribute("aria-describedby", "peek");
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
      const card = document.getElementById(hash.slice(1));
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

  // The table of all claims. A page has some of its rows, the first also the filters. They search all
  // rows, in data that are loaded when a reader turns to them: see hooks/explainer/pages/table.py.
  const folded = (text) => text.normalize("NFKC").toLowerCase();

  function filters(form) {
    const STEP = 100; // laid out in a fraction of 100 ms, on a busy machine too
    const element = document.querySelector("table.claims");
    const status = document.querySelector(".filters__status");
    const more = document.querySelector(".filters__more");
    const paging = document.querySelector(".paging");
    const served = { body: element.tBodies[0], status: status.textContent };
    // What is said again is read out again.
    const say = (text) => { if (status.textContent !== text) status.textContent = text; };
    const found = make("tbody", { className: "found" });
    let data = null;
    let fitting = [];

    function load() {
      if (window.claimsTable) return;
      window.claimsTable = (loaded) => { data = loaded; };
      const script = make("script", { src: address("assets/claims.js") });
      script.addEventListener("load", apply);
      script.addEventListener("error", () => {
        window.claimsTable = null;
        say("The claims could not be loaded. Try again, or read them page by page.");
      });
      document.head.append(script);
    }

    // As templates/claims.md makes it.
    function row([id, title, , verdict, topic, articles]) {
      const link = (page, text) => make("a", { href: address(`${page}/`) }, text);
      const links = (name, places) =>
        places.flatMap((place, at) => {
          const [value, label] = data.facets[name][place];
          return [at ? "; " : "", link(`${name}s/${value}`, label)];
        });
      const [value, label] = data.facets.verdict[verdict];
      const badge = make("span", { className: `verdict verdict--${value}` }, label);
      badge.dataset.verdict = value;
      return make(
        "tr", {},
        make("th", { scope: "row" }, link(`claims/${id}`, title)),
        make("td", {}, badge),
        make("td", {}, ...links("topic", topic)),
        make("td", {}, ...links("article", articles)),
      );
    }

    function show() {
      const rows = fitting.slice(found.rows.length, found.rows.length + STEP).map(row);
      found.append(...rows);
      const shown = found.rows.length;
      const left = fitting.length - shown;
      more.hidden = !left;
      more.textContent = `Show ${Math.min(left, STEP)} more`;
      say(
        fitting.length
          ? `${fitting.length} of ${data.claims.length} claims${left ? `; the first ${shown} are shown` : ""}`
          : "No claim fits. Take a filter away, or try other words: original, translation and claim are all searched.",
      );
      return rows[0];
    }

    function apply() {
      const state = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
      const filtered = String(state) !== "";
      keep(filtered ? `?${state}` : location.pathname + location.hash);
      if (filtered && !data) {
        say("Loading the claims …");
        return load();
      }
      if (paging) paging.hidden = filtered;
      const body = filtered ? found : served.body;
      if (!body.isConnected) element.tBodies[0].replaceWith(body);
      if (!filtered) {
        more.hidden = true;
        return say(served.status);
      }
      const words = folded(form.elements.words.value).split(/\s+/).filter(Boolean);
      const wanted = Object.entries(data.facets).map(([name, pairs]) =>
        state.has(name) ? pairs.findIndex(([value]) => value === state.get(name)) : null,
      );
      fitting = data.claims.filter(
        ([, , text, ...places]) =>
          words.every((word) => text.includes(word)) &&
          wanted.every((place, facet) => place === null || places[facet].includes(place)),
      );
      found.replaceChildren();
      show();
    }

    const state = new URLSearchParams(location.search);
    for (const field of form.elements) if (field.name && state.has(field.name)) field.value = state.get(field.name);
    form.addEventListener("focusin", load);
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    more.addEventListener("click", () => show().querySelector("a").focus());
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
  document.querySelectorAll("form.filters").forEach(filters);
  document.querySelectorAll("button.copy").forEach(copying);
})();
