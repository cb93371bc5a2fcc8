// "Did you mean": for each word that stands nowhere, the likeliest word of the dictionary.

import { canBeNear, letters } from "./nearby.mjs";

/** How many letters have to be added, left out, changed or swapped; `most + 1` when it is more. */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const earlier = before;
    before = row;
    row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        row[j] = Math.min(row[j], earlier[j - 2] + 1);
      }
    }
    if (Math.min(...row) > most) return most + 1;
  }
  return row[other.length];
}

/**
 * @param {string} word that stands nowhere
 * @param {{words: string[], wordLetters: Int32Array, commonness: (at: number) => number}} dictionary
 * @returns {string} the word meant, or "" when none is near
 */
export function meant(word, dictionary) {
  const most = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
  const wanted = letters(word);
  let best = { word: "", cost: Infinity };
  dictionary.words.forEach((known, at) => {
    if (!canBeNear(word, wanted, known, dictionary.wordLetters[at], most)) return;
    if (known.length < 3 || /\d/.test(known)) return;
    const apart = distance(word, known, most);
    if (apart === 0 || apart > most) return;
    const cost = apart * 100 + (known[0] === word[0] ? 0 : 50) - dictionary.commonness(at);
    if (cost < best.cost) best = { word: known, cost };
  });
  return best.word;
}
