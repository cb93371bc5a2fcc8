// Asks some words, others, and the first ones again, and counts how often an index was put together.
//
//   node again.mjs FOLDER
//
// FOLDER is that of exactness.mjs. Prints {"first", "again", "same", "forgotten"} as JSON: indexes put
// together for the first question, for the same one again, whether the answers are the same, and indexes
// for it once more after so many others that it was forgotten.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

import { createEngine } from "../../theme/static/js/search/engine.mjs";

const unmodified = createRequire(new URL("../../theme/package.json", import.meta.url))("lunr");
let made = 0;
class Index extends unmodified.Index {
  constructor(...parts) {
    super(...parts);
    made += 1;
  }
}
const lunr = Object.assign((...parts) => unmodified(...parts), unmodified, { Index });
const [folder] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(join(folder, path), "utf8"));
const load = async (path) => ({ ok: true, status: 200, json: async () => read(path) });

const engine = createEngine(lunr, "", load);
const words = [...new Set(read("queries.json").filter((query) => /^[a-z]{4,}$/.test(query)))];
const answer = (query) => engine.answer({ query, count: 0 });
async function counted(query) {
  const before = made;
  const found = await answer(query);
  return [made - before, found];
}

const [first, one] = await counted(words[0]);
await answer(words[1]);
const [again, other] = await counted(words[0]);
for (let number = 0; number < 30; number += 1) await answer(`${words[1]} ${"x".repeat(number + 3)}`);
const [forgotten] = await counted(words[0]);
console.log(JSON.stringify({ first, again, same: isDeepStrictEqual(one, other) && one.total > 0, forgotten }));
