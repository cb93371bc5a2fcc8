// Which words of the dictionary can be meant: a quick sieve before the exact test.

/** A bit for each letter that stands in a word (32 bits, so some letters share one). */
export function letters(word) {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

function ones(bits) {
  let count = 0;
  for (let rest = bits; rest; rest &= rest - 1) count += 1;
  return count;
}

/**
 * Whether two words can be so many edits apart: an edit changes the length by one at most, and two letters.
 * Never false for words that are.
 */
export function canBeNear(one, oneLetters, other, otherLetters, most) {
  return Math.abs(one.length - other.length) <= most && ones(oneLetters ^ otherLetters) <= 2 * most;
}

/**
 * The terms that a clause with a leading wildcard or an edit distance can match; among them all that it does.
 * @param {{keys: string[], letters: Int32Array}} dictionary
 * @param {string} key a stem, perhaps with `*`
 * @param {number} most edits
 */
export function sieved({ keys, letters: known }, key, most) {
  if (most && key.includes("*")) return keys;
  if (most) {
    const wanted = letters(key);
    return keys.filter((one, at) => canBeNear(key, wanted, one, known[at], most));
  }
  const parts = key.split("*").map((part) => part.replace(/[^\p{L}\p{N}]/gu, "\\$&"));
  const pattern = new RegExp(`^${parts.join(".*")}$`, "su");
  return keys.filter((one) => pattern.test(one));
}
