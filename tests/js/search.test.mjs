import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";

import { distance, meant } from "../../theme/static/js/search/meant.mjs";
import { canBeNear, letters, sieved } from "../../theme/static/js/search/nearby.mjs";
import { rounded } from "../../theme/static/js/search/partial.mjs";
import { snippet } from "../../theme/static/js/search/snippet.mjs";
import { createStore, Stale } from "../../theme/static/js/search/store.mjs";
import { lastUpTo } from "../../theme/static/js/search/terms.mjs";
import { isEverything, isExpression, markable, normalised, unaccented, words } from "../../theme/static/js/search/words.mjs";

const lunr = createRequire(new URL("../../theme/package.json", import.meta.url))("lunr");

test("what is typed is taken apart as the records were", () => {
  assert.equal(
    normalised("£231,456.00 for CAB/2026/01: “now” the council’s café").replace(/\s+/g, " ").trim(),
    "231456 for CAB 2026 01 now the council cafe",
  );
  assert.deepEqual(words("The library’s hours"), ["library", "hours"]);
  assert.deepEqual(words("O'Brien: U.K."), ["obrien", "u", "k"]);
  assert.deepEqual(words("the of"), ["the", "of"]);
  assert.deepEqual(words(" … 🚌 "), []);
});

test("only lunr's own language is taken for it", () => {
  for (const text of ["+library -night", "wor*", "*ary", "librarry~1", "bus^2", "title:bus", "+title:bus"]) {
    assert.ok(isExpression(text, ["title"]), text);
  }
  for (const text of ["2026-005", "CAB/2026/01", "foo:bar", "subtitle:x", "well-known", "£1,000", "a - b"]) {
    assert.ok(!isExpression(text, ["title"]), text);
  }
  assert.deepEqual(markable("+title:bus -night stop~1", ["title"]), ["bus", "stop"]);
});

test("a snippet shows the words, where most of them stand, and marks them", () => {
  const text = `A library. ${"Something else entirely. ".repeat(30)}The council’s café library opens in the evening.`;
  const pieces = snippet(text, ["libraries", "cafe"], lunr);
  assert.deepEqual(pieces.filter(({ marked }) => marked).map((piece) => piece.text), ["café", "library"]);
  assert.ok(pieces.map((piece) => piece.text).join("").length < 260);
  assert.deepEqual(snippet("", ["x"], lunr), []);
  assert.deepEqual(snippet("a.b", ["."], lunr).filter((piece) => piece.marked), []);
});

test("weights are rounded as Python rounds them", () => {
  assert.deepEqual([0.0625, 0.1875, 2.6755, 1.0005, 0.0005].map(rounded), [0.062, 0.188, 2.675, 1.0, 0.001]);
  assert.notEqual(Math.round(0.0625 * 1000) / 1000, rounded(0.0625));
});

test("a word that stands nowhere is put right by the likeliest one", () => {
  const known = ["library", "liberty", "lorry", "2026"];
  const dictionary = { words: known, wordLetters: known.map(letters), commonness: (at) => [5, 1, 9, 9][at] };
  assert.equal(meant("libary", dictionary), "library");
  assert.equal(meant("zzyzx", dictionary), "");
  assert.deepEqual([distance("ab", "ba", 2), distance("abc", "abd", 2), distance("abc", "xyz", 2)], [1, 1, 3]);
});

test("the sieve lets through whatever lunr would find", () => {
  const made = [..."abcdefgh"].flatMap((a) => [..."aeioué"].flatMap((b) => ["", "s", "t", "st"].map((c) => a + b + c + b)));
  const keys = [...new Set(made)].sort();
  const dictionary = { keys, letters: Int32Array.from(keys, letters) };
  const whole = lunr.TokenSet.fromArray(keys);
  for (const clause of [{ term: "dasta", editDistance: 1 }, { term: "gasu", editDistance: 2 }, { term: "*sta" }, { term: "*a*" }, { term: "*é" }]) {
    const set = lunr.TokenSet.fromClause(clause);
    const found = sieved(dictionary, clause.term, clause.editDistance ?? 0);
    assert.deepEqual(lunr.TokenSet.fromArray(found).intersect(set).toArray().sort(), whole.intersect(set).toArray().sort());
    assert.ok(whole.intersect(set).toArray().length > 0, clause.term);
    assert.ok(found.length < keys.length, clause.term);
  }
  assert.ok(!canBeNear("library", letters("library"), "zoo", letters("zoo"), 2));
});

test("a star alone is everything, and accents need not be typed", () => {
  assert.deepEqual(["*", " ** ", "a*", ""].map(isEverything), [true, true, false, false]);
  assert.equal(unaccented("+café*"), "+cafe*");
});

test("a term is looked for in the chunk that would hold it", () => {
  const begins = ["", "bus", "cou", "z"];
  assert.deepEqual(["a", "bus", "busi", "cot", "council", "zz"].map((key) => lastUpTo(begins, key)), [0, 1, 1, 1, 2, 3]);
});

test("after a failure a file is asked for again; one that is gone says so", async () => {
  let fails = true;
  const store = createStore("", async (path) => {
    if (fails) throw new TypeError("no network");
    return { ok: path.includes("index"), status: path.includes("index") ? 200 : 404, json: async () => ({ begins: " b" }) };
  });
  await assert.rejects(store.manifest(), TypeError);
  fails = false;
  assert.deepEqual((await store.manifest()).begins, ["", "b"]);
  await assert.rejects(store.get("terms/gone"), Stale);
});
