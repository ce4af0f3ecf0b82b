/* Which entries match what a reader typed, and which of their words to show.

   MiniSearch (beside this file) finds and ranks. It knows words between spaces only; so text in
   scripts without spaces is indexed as pairs of characters, and a match counts only if the typed
   characters stand together in the entry. English words are found by their beginning, by their stem,
   and, ranked below, by a long ending ("weapons" in "bioweapons"). */
"use strict";

const searchEngine = (() => {
  const UNSPACED = "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Bopomofo}\\p{sc=Hangul}\\p{sc=Thai}ー";
  const isUnspaced = new RegExp(`[${UNSPACED}]`, "u");
  // claude4は → claude, 4, は: so that it is found however it is spaced.
  const RUN = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{M}])+|\\p{N}+`, "gu");
  const NO_LETTER = /[^\p{L}\p{M}\p{N}\n]+/gu;
  const HIRAGANA_ONLY = /^[\p{sc=Hiragana}ー]+$/u;
  const STOP_WORDS = new Set(
    ("a about an and any are as at be by claim claims did do does for from has have how in is it its of on or " +
      "really said say says that the this to true was were what when where which who why will with " +
      "的 了 吗 呢 吧 是 会 在 有 也 就 都 和 与 对 被 把").split(" "),
  );
  const BOOST = { title: 4, quotes: 2, texts: 1, inside: 0.1 };
  const KIND_BOOST = { claim: 1, topic: 1.2, article: 1.2, report: 0.8, page: 0.3 };

  // Width, case and accents do not matter. Japanese voicing marks are no accents: NFC joins them again.
  const plain = (text) =>
    text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase();
  // Nor does it matter whether Chinese is written in traditional or simplified characters.
  let variants = {};
  const simplify = (text) => text.replace(/\p{sc=Han}/gu, (sign) => variants[sign] ?? sign);
  const fold = (text) => simplify(plain(text));
  const squash = (folded) => folded.replace(NO_LETTER, "");
  const runs = (folded) => folded.match(RUN) || [];

  // blackmailed, blackmailing → blackmail; copies, copied, copying, copy → copi
  const stem = (word) =>
    word
      .replace(/(?<=\p{L}{3})(?:ing|ed|es|s|e)$/u, "")
      .replace(/([a-z])\1$/, "$1")
      .replace(/y$/, "i");

  const pairs = (run) => {
    const signs = [...run];
    return signs.length < 2 ? [run] : signs.slice(1).map((sign, index) => signs[index] + sign);
  };

  const index = new MiniSearch({
    idField: "url",
    fields: Object.keys(BOOST),
    extractField: (entry, field) => {
      if (field === "url") return entry.url;
      if (field === "title") return entry.title[1];
      if (field === "quotes") return entry.quotes.map((quote) => quote[1]).join("\n");
      return [...entry.texts, ...entry.quotes.map((quote) => quote[2] || "")].join("\n");
    },
    tokenize: (text) => runs(fold(text)),
    processTerm: (run, field) => {
      if (isUnspaced.test(run)) return field === "inside" ? [] : [...pairs(run), [...run].at(-1)];
      if (field !== "inside") return [...new Set([run, stem(run)])];
      const count = Math.max(0, run.length - 6);
      return Array.from({ length: count }, (_, start) => run.slice(start + 1));
    },
  });
  const entries = new Map();
  const squashed = new Map();

  async function load(list, simplified) {
    variants = simplified;
    for (const entry of list) {
      entries.set(entry.url, entry);
      const passages = [entry.title[1], ...entry.quotes.flatMap((quote) => quote.slice(1)), ...entry.texts];
      squashed.set(entry.url, squash(fold(passages.join("\n"))));
    }
    await index.addAllAsync(list, { chunkSize: 50 });
  }

  // A unit is what has to be found as a whole: for each of its runs, any of the terms.
  const unit = (text) => ({
    terms: runs(simplify(text)).flatMap((run) =>
      isUnspaced.test(run) ? pairs(run).map((pair) => [pair]) : [[run, stem(run)]],
    ),
    together: isUnspaced.test(text) || /\p{N}/u.test(text) ? squash(simplify(text)) : "",
  });

  const without = (noise, all) => {
    const telling = all.filter((word) => !noise(word));
    return telling.length ? telling : all;
  };

  // What is typed without a space belongs together in scripts without spaces, and with numbers: ASL-3.
  const words = (query) =>
    without(
      (word) => STOP_WORDS.has(word),
      plain(query)
        .split(/\s+/)
        .flatMap((word) => (isUnspaced.test(word) || /\p{N}/u.test(word) ? [word] : runs(word))),
    ).filter(squash);

  // 中国の半導体輸出 → 中国, 半導体, 輸出
  function parts(word) {
    const segmenter = new Intl.Segmenter("ja", { granularity: "word" });
    const segments = (run) => [...segmenter.segment(run)].map((part) => part.segment);
    return without(
      (part) => STOP_WORDS.has(part) || HIRAGANA_ONLY.test(part),
      runs(word).flatMap((run) => (isUnspaced.test(run) ? segments(run) : [run])),
    );
  }

  // Up to three units, all have to be found; of more, three quarters.
  function find(units) {
    const needed = Math.ceil(units.length * 0.75);
    const terms = [...new Set(units.flatMap((unit) => unit.terms.flat()))];
    const whole = new Set(units.flatMap((unit) => unit.terms.map((either) => either[0])));
    const count = (result) => {
      const found = new Set(result.queryTerms);
      return units.filter(
        (unit) =>
          unit.terms.every((either) => either.some((term) => found.has(term))) &&
          squashed.get(result.id).includes(unit.together),
      ).length;
    };
    return index
      .search(terms.join(" "), {
        tokenize: () => terms,
        processTerm: (term) => term,
        prefix: (term) => whole.has(term) && !/^\p{N}/u.test(term) && !(isUnspaced.test(term) && [...term].length > 1),
        boost: BOOST,
        boostDocument: (url) => KIND_BOOST[entries.get(url).kind],
      })
      .map((result) => ({ entry: entries.get(result.id), count: count(result), score: result.score }))
      .filter((result) => result.count >= needed)
      .sort((a, b) => b.score * b.count - a.score * a.count);
  }

  /* The entries that have the words of the query as they are typed; if there are none, their parts.
     `near` tells that no entry has all of the words as they are typed. */
  function search(query) {
    const typed = words(query);
    let units = typed.map(unit);
    let results = find(units);
    const near = results.every((result) => result.count < units.length);
    if (!results.length) {
      units = typed.flatMap(parts).map(unit);
      results = find(units);
    }
    return { results: results.map((result) => result.entry), near, pattern: pattern(units) };
  }

  // What to mark in a folded text.
  function pattern(units) {
    const marks = units.flatMap((unit) => {
      const found = unit.terms.flat().filter((term) => !isUnspaced.test(term));
      const beginnings = found.map((term) => `(?<![\\p{L}\\p{N}])${term}[\\p{L}\\p{N}]*`);
      return isUnspaced.test(unit.together) ? [[...unit.together].join("[^\\p{L}\\p{N}]*")] : beginnings;
    });
    return marks.length ? new RegExp(marks.join("|"), "gu") : /(?!)/g;
  }

  /* Where the pattern matches in a text: a list of [start, end]. */
  function matches(text, pattern) {
    let folded = "";
    const origin = [];
    let at = 0;
    for (const sign of text) {
      const part = fold(sign);
      folded += part;
      for (let index = 0; index < part.length; index += 1) origin.push(at);
      at += sign.length;
    }
    origin.push(at);
    return [...folded.matchAll(pattern)].map((match) => [
      origin[match.index],
      origin[match.index + match[0].length],
    ]);
  }

  return { load, search, matches };
})();
