// A text -> the piece of it that holds the words looked for, with these marked.

import { normalised } from "./words.mjs";

function marker(lunr, wanted) {
  const stem = (word) => lunr.stemmer(new lunr.Token(word, {})).toString();
  const stems = new Set(wanted.map(stem));
  const last = wanted[wanted.length - 1] ?? "";
  return (word) => {
    const plain = normalised(word).trim().toLowerCase();
    return stems.has(stem(plain)) || (last.length > 2 && plain.startsWith(last));
  };
}

function places(text, wanted, lunr) {
  if (!wanted.length) return [];
  const isWanted = marker(lunr, wanted);
  const found = [];
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+(?:['’,.][\p{L}\p{N}\p{M}]+)*/gu)) {
    if (isWanted(match[0])) found.push({ start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** Where most of the marks stand within one length of text. */
function densest(marks, length) {
  let best = 0;
  let most = 0;
  for (let from = 0, to = 0; from < marks.length; from += 1) {
    while (to < marks.length && marks[to].end - marks[from].start <= length) to += 1;
    if (to - from > most) [most, best] = [to - from, from];
  }
  return best;
}

/**
 * Cut a text around the words, and say which pieces to mark.
 * @param {string} text
 * @param {string[]} wanted from `words`
 * @param {any} lunr the lunr namespace
 * @param {number} length about how many characters
 * @returns {{text: string, marked: boolean}[]}
 */
export function snippet(text, wanted, lunr, length = 220) {
  const marks = places(text, wanted, lunr);
  const first = marks.length ? marks[densest(marks, length * 0.6)].start : 0;
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
