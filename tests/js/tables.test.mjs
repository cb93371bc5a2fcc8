import assert from "node:assert/strict";
import { test } from "node:test";
import { holds, number, order, plain } from "../../theme/static/js/tables.mjs";

const { compare } = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

test("a row is found by any of its words, whatever their order, case and accents", () => {
  const row = plain("14 May 2026  Café Société Ltd\n£1,250.00");
  assert.ok(holds(row, "societe cafe"));
  assert.ok(holds(row, "  MAY 1,250 "));
  assert.ok(holds(row, ""));
  assert.ok(!holds(row, "cafe june"));
});

test("the digits of a cell are its number, in any language", () => {
  assert.equal(number("£1,250.00"), 125000);
  assert.equal(number("1.250,00 €"), 125000);
  assert.ok(number("-£3.00") < number("£0.01"));
  assert.ok(number("−3,00 €") < 0);
  assert.ok(Number.isNaN(number("")));
  assert.ok(Number.isNaN(number("withheld")));
});

test("rows come in order, upwards and downwards; equal ones stay as they were", () => {
  const values = [30, 10, 20, 10];
  assert.deepEqual(order(values, 1, compare), [1, 3, 2, 0]);
  assert.deepEqual(order(values, -1, compare), [0, 2, 1, 3]);
});

test("rows with nothing to sort by are last, both ways", () => {
  assert.deepEqual(order([NaN, 2, NaN, 1], 1, compare), [3, 1, 0, 2]);
  assert.deepEqual(order(["", "b", "a"], -1, compare), [1, 2, 0]);
});

test("texts are compared as people do: numbers by value, no case", () => {
  assert.deepEqual(order(["Row 10", "row 9", "Élan", "east"], 1, compare), [3, 2, 1, 0]);
});
