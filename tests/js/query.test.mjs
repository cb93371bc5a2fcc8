import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";

import { isExpression, normalised, search, snippet, words } from "../../theme/static/js/query.mjs";

const lunr = createRequire(new URL("../../theme/package.json", import.meta.url))("lunr");

const DOCUMENTS = [
  { id: "0", title: "Library opening hours", reference: "2025-006 CAB 2025 006", text: "Evening opening at the library for 186000" },
  { id: "1", title: "Night bus pilot", reference: "2025-003", text: "A bus every hour, run by the council's partner" },
  { id: "2", title: "Café licence", reference: "2026-034", text: "Noise and libraries nearby" },
];
const index = lunr(function build() {
  this.ref("id");
  this.field("title");
  this.field("reference");
  this.field("text");
  DOCUMENTS.forEach((each) => this.add(each));
});
const refs = (text) => search(index, lunr, text).map((hit) => hit.ref);

test("what is typed is taken apart as the records were", () => {
  assert.equal(normalised("£231,456 for CAB/2026/01: “now”").replace(/\s+/g, " ").trim(), "231456 for CAB 2026 01 now");
  assert.deepEqual(words("The library’s hours"), ["library's", "hours"]);
  assert.deepEqual(words("the of"), ["the", "of"]);
  assert.deepEqual(words(" … "), []);
});

test("plain words, references, money, beginnings and misspellings find their record", () => {
  assert.equal(refs("library hours")[0], "0");
  assert.equal(refs("CAB/2025/006")[0], "0");
  assert.equal(refs("2025-003")[0], "1");
  assert.equal(refs("£186,000")[0], "0");
  assert.equal(refs("night bu")[0], "1");
  assert.equal(refs("libary")[0], "0");
  assert.deepEqual(refs("zebra"), []);
});

test("lunr's own language works, and what only looks like it does not throw", () => {
  assert.ok(isExpression("+library -night", []));
  assert.deepEqual(refs("+title:night"), ["1"]);
  assert.ok(!isExpression("2025-006", []));
  for (const odd of ["foo:bar", "a^", "~", "*", "-", "+", "::", "🚌", "o'brien", "title:", "x^y", "-library", "(", "\\"]) {
    assert.doesNotThrow(() => refs(odd), odd);
  }
});

test("a snippet shows the words and marks them", () => {
  const text = `${"Something else entirely. ".repeat(30)}The library opens in the evening.`;
  const pieces = snippet(text, ["libraries"], lunr);
  assert.ok(pieces.some((piece) => piece.marked && piece.text === "library"));
  assert.ok(pieces.map((piece) => piece.text).join("").length < 260);
  assert.deepEqual(snippet("", ["x"], lunr), []);
  assert.deepEqual(snippet("a.b", ["."], lunr).filter((piece) => piece.marked), []);
});
