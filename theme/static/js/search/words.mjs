// What a person types -> words and clauses for lunr. Pure functions.

/** Words that lunr's English stop list leaves out of the index need not be found. */
const STOP = new Set(
  ("a able about across after all almost also am among an and any are as at be because been but by can "
  + "cannot could dear did do does either else ever every for from get got had has have he her hers him "
  + "his how however i if in into is it its just least let like likely may me might most must my neither "
  + "no nor not of off often on only or other our own rather said say says she should since so some than "
  + "that the their them then there these they this tis to too twas us wants was we were what when where "
  + "which while who whom why will with would yet you your").split(" "),
);

/** Without accents, as words stand in the index. */
export function unaccented(text) {
  return text.replaceAll("’", "'").normalize("NFKD").replace(/\p{M}/gu, "");
}

/** Text as it was indexed: the same steps as plugins/minutebook/search/wording.py. */
export function normalised(text) {
  return unaccented(text)
    .replace(/(\d),(?=\d{3})/g, "$1")
    .replace(/(\d)\.00\b/g, "$1")
    .replace(/'s\b|'/g, "")
    .replace(/[^\p{L}\p{N}_\s.-]|\.(?!\d)/gu, " ");
}

/** The words to look for, lower-case, without stop words unless there are only such. */
export function words(text) {
  const every = normalised(text).toLowerCase().split(/[\s-]+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter(Boolean)
    .slice(0, 20);
  const telling = every.filter((word) => !STOP.has(word));
  return telling.length ? telling : every;
}

/** Whether everything is asked for: `*`. */
export function isEverything(text) {
  return /^\s*\*+\s*$/.test(text);
}

/** Whether somebody uses lunr's own language: `+must`, `-not`, `title:word`, `wor*`, `word~1`, `word^2`. */
export function isExpression(text, fields) {
  return /(^|\s)[+-]\p{L}|[\p{L}\p{N}*](\*|~\d|\^\d)|(^|\s)\*\p{L}/u.test(text)
    || fields.some((field) => new RegExp(`(^|[\\s+-])${field}:\\S`, "i").test(text));
}

/** The words of an expression that can be marked in a result: none that must not stand there. */
export function markable(text, fields) {
  return words(text.split(/\s+/)
    .filter((part) => !part.startsWith("-"))
    .map((part) => part.replace(/^\+/, "").replace(/[~^]\d+/g, ""))
    .map((part) => (fields.includes(part.split(":")[0]) ? part.slice(part.indexOf(":") + 1) : part))
    .join(" "));
}

/** Whether the last word may be unfinished: one or two letters begin too many words, but not digits. */
export function isBeginning(wanted) {
  const last = wanted[wanted.length - 1];
  return last.length > 2 || (wanted.length > 1 && /^\d+$/.test(last));
}

/**
 * The rounds in which plain words are looked for, each more forgiving than the one before:
 * all words; all words, the last one unfinished; any of them, spelling mistakes allowed.
 * @param {any} lunr the lunr namespace
 * @param {string} text
 * @returns {((query: any) => void)[]} what to call with a lunr.Query
 */
export function rounds(lunr, text) {
  const wanted = words(text);
  if (!wanted.length) return [];
  const { REQUIRED, OPTIONAL } = lunr.Query.presence;
  const last = wanted[wanted.length - 1];
  const every = (query) => wanted.forEach((word) => query.term(word, { presence: REQUIRED }));
  const unfinished = (query) => {
    wanted.slice(0, -1).forEach((word) => query.term(word, { presence: REQUIRED }));
    query.term(last, { presence: REQUIRED, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
  };
  const forgiving = (query) => wanted.forEach((word) => {
    query.term(word, { presence: OPTIONAL, boost: 5 });
    if (word.length > 4 && !/\d/.test(word)) query.term(word, { presence: OPTIONAL, editDistance: 1 });
  });
  return isBeginning(wanted) && !/\s$/.test(text) ? [every, unfinished, forgiving] : [every, forgiving];
}
