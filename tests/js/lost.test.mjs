import assert from "node:assert/strict";
import { test } from "node:test";
import { meant } from "../../theme/static/js/lost.js";

test("an address that looks like a reference leads to that decision", () => {
  assert.equal(meant("/decisions/2026-14"), "2026-014");
  assert.equal(meant("/decision/2026_014.html"), "2026-014");
  assert.equal(meant("/CAB/2026/14/"), "2026-014");
  assert.equal(meant("/decisions/2026-1234/"), "2026-1234");
});

test("another address leads nowhere", () => {
  assert.equal(meant("/about-us"), "");
  assert.equal(meant("/spending/1999-12"), "");
  assert.equal(meant("/files/2026-123456789"), "");
});

test("a broken address is no error", () => {
  assert.equal(meant("/%E0%A4%A"), "");
});
