// Answers what the page asks: results with marked snippets, filters, suggestions, "did you mean".

import { createFacets } from "./facets.mjs";
import { createLookup, TooMany } from "./lookup.mjs";
import { meant } from "./meant.mjs";
import { everyDocument } from "./partial.mjs";
import { snippet } from "./snippet.mjs";
import { createStore, Stale } from "./store.mjs";
import {
  isBeginning, isEverything, isExpression, markable, normalised, rounds, unaccented, words,
} from "./words.mjs";

const FEW = 1; // with fewer results than this, spelling mistakes are allowed for
const NAMES = 5;
const KEPT = 20; // answers, for who goes back to words that were asked before
const NOTHING = Object.freeze({ list: [], forgiven: false, expression: false, broad: false });

/** @param {any} lunr @param {string} root @param {typeof fetch} [load] */
export function createEngine(lunr, root, load = fetch.bind(globalThis)) {
  const store = createStore(root, load);
  const lookup = createLookup(lunr, store);
  const facets = createFacets(store);
  const known = new Map();

  /** The answer of one round; none when the word that is begun begins too many words. */
  async function asked(round) {
    try {
      return await lookup.query(round);
    } catch (error) {
      if (error instanceof TooMany) return [];
      throw error;
    }
  }

  /** Everything that answers the words, best first. */
  async function hits(text, fields) {
    if (isExpression(text, fields)) {
      try {
        return { ...NOTHING, list: await lookup.search(unaccented(text)), expression: true };
      } catch (error) {
        if (error instanceof TooMany) return { ...NOTHING, expression: true, broad: true };
        if (!(error instanceof lunr.QueryParseError)) throw error;
        // Not an expression after all: search for the words.
      }
    }
    const found = new Map();
    const all = rounds(lunr, text);
    const forgiving = all.pop();
    for (const round of all) {
      for (const hit of await asked(round)) if (!found.has(hit.ref)) found.set(hit.ref, hit);
    }
    const forgiven = found.size < FEW && forgiving !== undefined;
    if (forgiven) {
      for (const hit of await asked(forgiving)) if (!found.has(hit.ref)) found.set(hit.ref, hit);
    }
    return { ...NOTHING, list: [...found.values()], forgiven };
  }

  /** The query with its unknown words put right, or "". */
  async function corrected(manifest, text) {
    const every = words(text);
    const stems = every.map((word) => lunr.stemmer(new lunr.Token(word, {})).toString());
    const known = await lookup.terms.load(manifest, new Set(stems), new Set());
    if (stems.every((stem) => known.has(stem))) return "";
    const dictionary = await lookup.terms.dictionary(manifest);
    const better = every.map((word, at) => (known.has(stems[at]) ? word : meant(word, dictionary) || word));
    return better.some((word, at) => word !== every[at]) ? better.join(" ") : "";
  }

  function card(number, wanted) {
    return store.get(`cards/${number}`).then(({ text, ...shown }) => {
      const summary = snippet(shown.summary, wanted, lunr, 400);
      const within = summary.some(({ marked }) => marked) ? summary : snippet(text, wanted, lunr);
      const best = within.some(({ marked }) => marked) || !shown.summary ? within : summary;
      return { ...shown, pieces: best, heading: snippet(shown.title, wanted, lunr, 400) };
    });
  }

  /** People, places and topics whose name has words that begin so; decisions whose reference does. */
  async function suggestions(manifest, text) {
    const begun = words(text);
    if (!begun.length) return [];
    const names = await store.get(`names/${manifest.names}`);
    const fits = (name) => {
      const parts = normalised(name).toLowerCase().split(/[\s-]+/);
      return begun.every((word) => parts.some((part) => part.startsWith(word)));
    };
    const found = names.filter(([name]) => fits(name)).slice(0, NAMES)
      .map(([name, type, address]) => ({ name, type, address }));
    if (!/\d/.test(text) || found.length) return found;
    const { REQUIRED } = lunr.Query.presence;
    const begins = lunr.Query.wildcard.TRAILING;
    const references = await lookup.query((query) => begun.forEach((word, at) => {
      const options = { fields: ["reference"], presence: REQUIRED, usePipeline: false };
      query.term(word, at === begun.length - 1 && isBeginning(begun) ? { ...options, wildcard: begins } : options);
    }));
    const first = references.sort((one, other) => one.ref - other.ref).slice(0, 3);
    const cards = await Promise.all(first.map(({ ref }) => store.get(`cards/${ref}`)));
    return cards.map(({ title, type, address }) => ({ name: title, type, address }));
  }

  async function found(manifest, query, expert) {
    const before = known.get(query) ?? (query.trim() ? await hits(query, expert) : NOTHING);
    known.delete(query); // the answer that was asked for last stands last
    known.set(query, before);
    if (known.size > KEPT) known.delete(known.keys().next().value);
    return before;
  }

  async function answer({ query, filters = {}, newest = false, from = 0, count = 10, open = false }) {
    const manifest = await store.manifest();
    const fields = Object.keys(manifest.fields);
    const filtered = Object.values(filters).some((values) => values.length);
    const every = isEverything(query);
    const { list: best, forgiven, expression, broad } = await found(manifest, every ? "" : query, fields);
    const unranked = every || (!query.trim() && filtered);
    const list = unranked ? everyDocument(manifest).map((number) => ({ ref: String(number), score: 0 })) : best;
    const narrowed = filtered || open ? await facets.apply(manifest, list, filters) : { kept: list, facets: null };
    const sorted = newest || unranked ? await facets.newest(manifest, narrowed.kept) : narrowed.kept;
    const wanted = expression ? markable(query, fields) : words(query);
    const items = await Promise.all(sorted.slice(from, from + count).map(({ ref }) => card(ref, wanted)));
    const plain = from === 0 && !expression && !unranked && query.trim();
    return {
      total: sorted.length,
      items,
      broad,
      facets: narrowed.facets,
      meant: plain && (forgiven || !list.length) ? await corrected(manifest, query) : "",
      suggestions: plain ? await suggestions(manifest, query) : [],
    };
  }

  /** Ask again, once, when the site was published anew since the manifest was loaded. */
  async function fresh(task, request) {
    try {
      return await task(request);
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      known.clear();
      await store.renew();
      return task(request);
    }
  }

  return {
    answer: (request) => fresh(answer, request),
    /** Load what every search needs. */
    prepare: () => store.manifest().then(() => true),
    /** The complete answer to an expression: document numbers and scores. */
    hits: (text) => fresh((asked) => lookup.search(asked), text)
      .then((list) => list.map(({ ref, score }) => ({ ref, score }))),
  };
}
