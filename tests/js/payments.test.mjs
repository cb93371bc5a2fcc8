/** Which rows of a long release are chosen, in which order, and what has to be fetched for it. */
import assert from "node:assert/strict";
import test from "node:test";

import { chosen, needed, pence } from "../../theme/static/js/payments.mjs";

const none = { text: "", service: "", least: -Infinity, most: Infinity, column: "", direction: 1 };
const columns = {
  amount: [500, -200, 900, 500],
  date: { first: "2026-05-01", days: [3, null, 0, 3] },
  payee: { names: [["Öst Ltd", "a/"], ["Alder", "b/"]], of: [0, 1, 1, 0] },
  service: { names: [["Homes"], ["Waste"]], of: [0, 1, 1, 1] },
  purpose: { names: [["Repairs to roofs"], [""]], of: [0, 1, 0, 1] },
};
const compare = (one, other) => one.localeCompare(other, "en");
const rows = (asked) => chosen(columns, { ...none, ...asked }, compare);

test("nothing asked, nothing left out", () => {
  assert.deepEqual(rows({}), [0, 1, 2, 3]);
  assert.deepEqual(needed(none), ["amount"]);
});

test("words are looked for in who was paid and what for, without accents, in any order", () => {
  assert.deepEqual(rows({ text: "ost" }), [0, 3]);
  assert.deepEqual(rows({ text: "roofs OST" }), [0]);
  assert.deepEqual(rows({ text: "nobody" }), []);
  assert.deepEqual(needed({ ...none, text: "ost" }), ["amount", "payee", "purpose"]);
});

test("a service and amounts narrow it down", () => {
  assert.deepEqual(rows({ service: "Waste", least: 0 }), [2, 3]);
  assert.deepEqual(rows({ least: 500, most: 500 }), [0, 3]);
});

test("equal rows stay as published, and rows without a value stay behind both ways", () => {
  assert.deepEqual(rows({ column: "amount", direction: -1 }), [2, 0, 3, 1]);
  assert.deepEqual(rows({ column: "date", direction: 1 }), [2, 0, 3, 1]);
  assert.deepEqual(rows({ column: "date", direction: -1 }), [0, 3, 2, 1]);
  assert.deepEqual(rows({ column: "payee", direction: 1 }), [1, 2, 0, 3]);
  assert.deepEqual(rows({ column: "purpose", direction: -1 }), [0, 2, 1, 3]);
  assert.deepEqual(rows({ column: "row", direction: -1 }), [3, 2, 1, 0]);
});

test("an amount may be typed with signs; what is no number narrows nothing", () => {
  assert.equal(pence("£1,250.50", 0), 125050);
  assert.equal(pence("-20", 0), -2000);
  assert.equal(pence("", -Infinity), -Infinity);
  assert.equal(pence("much", Infinity), Infinity);
  assert.equal(pence("1.2.3", 7), 7);
});
