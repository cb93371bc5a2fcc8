// What a person types -> clauses for lunr. Pure functions, tested in Node.

/** Words that lunr's English stop list leaves out of the index need not be found. */
const STOP = new Set(
  ("a able about across after all almost also am among an and any are as at be because been but by can "
  + "cannot could dear did do does either else ever every for from get got had has have he her hers him "
  + "his how however i if in into is it its just least let like likely may me might most must my neither "
  + "no nor not of off often on only or other our own rather said say says she should since so some than "
  + "that the their them then there these they this tis to too twas us wants was we were what when where "
  + "which while who whom why will with would yet you your").split(" "),
);

/**
 * Text as it was indexed (the same steps as plugins/minutebook/search/entries.py).
 * @param {string} text
 * @returns {string}
 */
export function normalised(text) {
  return text
    .replaceAll("’", "'")
    .replaceAll("/", " ")
    .replace(/(?<=\d),(?=\d{3})/g, "")
    .replace(/[£$€()[\]{}"“”‘:;]/g, " ");
}

/**
 * The words to look for, lower-case, without stop words unless there are only such.
 * @param {string} text
 * @returns {string[]}
 */
export function words(text) {
  const every = normalised(text).toLowerCase().split(/[\s-]+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter(Boolean)
    .slice(0, 20);
  const telling = every.filter((word) => !STOP.has(word));
  return telling.length ? telling : every;
}

/**
 * Whether somebody uses lunr's own language: `+must`, `-not`, `title:word`, `wor*`, `word~1`, `word^2`.
 * @param {string} text
 * @param {string[]} fields
 */
export function isExpression(text, fields) {
  return /(^|\s)[+-]\p{L}|[\p{L}\p{N}*](\*|~\d|\^\d)|(^|\s)\*\p{L}/u.test(text)
    || fields.some((field) => text.toLowerCase().includes(`${field}:`));
}

/**
 * Search in three rounds, each more forgiving: all words; the last one unfinished; spelling mistakes.
 * Later rounds only add to what was found. Nothing that is typed throws.
 * @param {any} index a lunr.Index
 * @param {any} lunr the lunr namespace
 * @param {string} text
 * @returns {{ref: string, score: number}[]}
 */
export function search(index, lunr, text) {
  if (isExpression(text, index.fields)) {
    try {
      return index.search(text);
    } catch {
      // Not an expression after all: search for the words.
    }
  }
  const wanted = words(text);
  if (!wanted.length) return [];
  const { REQUIRED, OPTIONAL } = lunr.Query.presence;
  const found = new Map();
  const round = (/** @type {(query: any) => void} */ clauses) => {
    for (const hit of index.query(clauses)) if (!found.has(hit.ref)) found.set(hit.ref, hit);
  };
  const last = wanted[wanted.length - 1];
  const before = wanted.slice(0, -1);
  round((query) => wanted.forEach((word) => query.term(word, { presence: REQUIRED })));
  round((query) => {
    before.forEach((word) => query.term(word, { presence: REQUIRED }));
    query.term(last, { presence: REQUIRED, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
  });
  if (found.size < 5) {
    round((query) => wanted.forEach((word) => {
      query.term(word, { presence: OPTIONAL, boost: 5 });
      if (word.length > 4 && !/\d/.test(word)) query.term(word, { presence: OPTIONAL, editDistance: 1 });
    }));
  }
  return [...found.values()];
}

/**
 * Which words of a text are those that were looked for: the same stem, or the beginning that was typed.
 * @param {string} text
 * @param {string[]} wanted from `words`
 * @param {any} lunr the lunr namespace
 * @returns {{start: number, end: number}[]}
 */
function places(text, wanted, lunr) {
  const stem = (/** @type {string} */ word) => lunr.stemmer(new lunr.Token(word, {})).toString();
  const stems = new Set(wanted.map(stem));
  const last = wanted[wanted.length - 1];
  const found = [];
  for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const word = match[0].toLowerCase();
    if (stems.has(stem(word)) || (last.length > 2 && word.startsWith(last))) {
      found.push({ start: match.index, end: match.index + word.length });
    }
  }
  return found;
}

/**
 * Cut a text around the first of the words, and say which pieces to mark.
 * @param {string} text
 * @param {string[]} wanted from `words`
 * @param {any} lunr the lunr namespace
 * @param {number} length about how many characters
 * @returns {{text: string, marked: boolean}[]}
 */
export function snippet(text, wanted, lunr, length = 220) {
  const marks = wanted.length ? places(text, wanted, lunr) : [];
  const first = marks.length ? marks[0].start : 0;
  const start = first > length / 2 ? text.lastIndexOf(" ", first - length / 3) + 1 : 0;
  const space = text.lastIndexOf(" ", start + length);
  const end = start + length >= text.length || space <= start ? text.length : space;
  const pieces = start > 0 ? [{ text: "… ", marked: false }] : [];
  let at = start;
  for (const mark of marks) {
    if (mark.start < at || mark.end > end) continue;
    if (mark.start > at) pieces.push({ text: text.slice(at, mark.start), marked: false });
    pieces.push({ text: text.slice(mark.start, mark.end), marked: true });
    at = mark.end;
  }
  if (at < end) pieces.push({ text: text.slice(at, end), marked: false });
  if (end < text.length) pieces.push({ text: " …", marked: false });
  return pieces;
}
