// The terms of the index, loaded chunk by chunk (plugins/minutebook/search/chunks.py).

import { letters } from "./nearby.mjs";

const NAME = 6; // characters in the name of a file
const SHIFT = 0x23; // a small number is written as the character with this much higher a code

/** The place of the last of the sorted texts that is not after `text`. */
export function lastUpTo(sorted, text) {
  let low = 0;
  let high = sorted.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= text) low = middle;
    else high = middle;
  }
  return low;
}

/** Documents and frequencies of one field, from distances. */
function unpacked(packed) {
  const documents = [];
  const frequencies = [];
  let before = -1;
  for (let at = 0; at < packed.length; at += 1) {
    const distance = packed[at];
    before += Math.abs(distance);
    documents.push(before);
    frequencies.push(distance < 0 ? packed[at += 1] : 1);
  }
  return { documents, frequencies };
}

/** One term: `order` sorts terms as lunr numbers them, by their first occurrence. */
function term(chunk, at) {
  const fields = chunk.in[at].map(unpacked);
  const count = fields.reduce((sum, field) => sum + field.documents.length, 0);
  let first = Infinity;
  let where = 0;
  fields.forEach(({ documents }, field) => {
    if (documents.length && documents[0] < first) [first, where] = [documents[0], field];
  });
  return { fields, idf: chunk.idf[count], order: (first * 8 + where) * 2 ** 20 + chunk.first[at] };
}

function opened(chunk) {
  const keys = chunk.terms.split(" ");
  const found = new Map();
  return {
    keys,
    get(key) {
      if (!found.has(key)) {
        const at = keys.indexOf(key);
        found.set(key, at < 0 ? null : term(chunk, at));
      }
      return found.get(key);
    },
  };
}

/** @param {ReturnType<import("./store.mjs").createStore>} store */
export function createTerms(store) {
  function chunk(manifest, number) {
    const name = manifest.terms.slice(number * NAME, (number + 1) * NAME);
    return store.get(`terms/${name}`, opened);
  }

  return {
    /** How many chunks hold words that begin so. */
    spread(manifest, prefix) {
      return lastUpTo(manifest.begins, `${prefix}\uffff`) - lastUpTo(manifest.begins, prefix) + 1;
    },
    /** The terms with these names, as far as there are such, and all that begin with a prefix. */
    async load(manifest, names, prefixes) {
      const found = new Map();
      if (!manifest.terms) return found; // nothing is published yet
      const add = (held, key) => held.get(key) && found.set(key, held.get(key));
      await Promise.all([
        ...[...names].map(async (key) => {
          add(await chunk(manifest, lastUpTo(manifest.begins, key)), key);
        }),
        ...[...prefixes].flatMap((prefix) => {
          const first = lastUpTo(manifest.begins, prefix);
          const count = this.spread(manifest, prefix);
          return Array.from({ length: count }, async (_, more) => {
            const held = await chunk(manifest, first + more);
            held.keys.filter((key) => key.startsWith(prefix)).forEach((key) => add(held, key));
          });
        }),
      ]);
      return found;
    },
    /** All terms with the word people write for each and how common it is; loaded when it is needed. */
    async dictionary(manifest) {
      return store.get(`words/${manifest.words}`, dictionary);
    },
  };
}

function dictionary({ terms, words, common }) {
  let before = "";
  const keys = terms.split(" ").filter(Boolean).map((coded) => {
    before = before.slice(0, coded.charCodeAt(0) - SHIFT) + coded.slice(1);
    return before;
  });
  const written = words.split(" ").map((coded, at) => (
    coded ? keys[at].slice(0, coded.charCodeAt(0) - SHIFT) + coded.slice(1) : keys[at]
  ));
  return {
    keys,
    letters: Int32Array.from(keys, letters),
    words: written,
    wordLetters: Int32Array.from(written, letters),
    commonness: (at) => (typeof common === "string" ? common.charCodeAt(at) - SHIFT : common[at]),
  };
}
