// Asks the cut index and unmodified lunr.js on the whole index the same questions, and counts differences.
//
//   node exactness.mjs FOLDER [chunk|weight|order]
//
// FOLDER holds search/ as it is published, whole.json and queries.json (tests/search_corpus.py). A second
// word breaks the cut index on purpose: a chunk is lost, a weight is rounded otherwise, terms are numbered
// otherwise. Prints {"asked", "found", "different", "first"} as JSON.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { createLookup } from "../../theme/static/js/search/lookup.mjs";
import { createStore } from "../../theme/static/js/search/store.mjs";

const lunr = createRequire(new URL("../../theme/package.json", import.meta.url))("lunr");
const [folder, broken] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(join(folder, path), "utf8"));

/** The files as a server would send them, damaged as told. */
async function load(path) {
  let value = read(path);
  if (path.includes("/terms/")) {
    if (broken === "chunk" && /[0-4]/.test(path.at(-6))) value = { ...value, terms: value.terms.replaceAll(/\S+/g, "?") };
    if (broken === "weight") {
      value.idf = Object.fromEntries(Object.entries(value.idf).map(([count, idf]) => [count, Number(idf.toFixed(3))]));
    }
    if (broken === "order") value.first = value.first.map((place) => -place);
  }
  return { ok: true, status: 200, json: async () => value };
}

const whole = lunr.Index.load(read("whole.json"));
const lookup = createLookup(lunr, createStore("", load));
const report = { asked: 0, found: 0, different: 0, first: "" };
for (const query of read("queries.json")) {
  const expected = whole.search(query);
  const answer = await lookup.search(query).catch((error) => [{ ref: String(error), score: 0 }]);
  const same = answer.length === expected.length
    && answer.every((hit, at) => hit.ref === expected[at].ref && hit.score === expected[at].score);
  report.asked += 1;
  report.found += expected.length ? 1 : 0;
  if (!same) {
    report.different += 1;
    report.first ||= `${query}: ${answer.length} for ${expected.length} ${JSON.stringify(answer[0])}`;
  }
}
console.log(JSON.stringify(report));
