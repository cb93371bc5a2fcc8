// The search page: what is typed, ticked and said in the address goes to the worker; answers are shown.

import { createAsking, Overtaken } from "./asking.mjs";
import * as filters from "./filters.mjs";
import { result, suggestions } from "./results.mjs";
import { isEverything } from "./words.mjs";

const PAUSE = 150; // milliseconds without a key before the search begins
const SHOWN = 10;

const place = /** @type {HTMLElement} */ (document.querySelector("[data-search]"));
const { root } = place.dataset;
const part = (name) => /** @type {any} */ (document.querySelector(`.mb-${name}`));
const [status, list, more, near, panel, boxes, order, correction] = [
  "status", "results", "more-results", "suggestions", "filter-panel", "filter-boxes", "order", "meant",
].map(part);
const input = /** @type {HTMLInputElement} */ (document.getElementById("query"));
const sort = /** @type {HTMLSelectElement} */ (document.getElementById("sort"));
const asking = createAsking();
let wanted = { query: "", filters: {}, newest: false };

function say(sentence, query = "", count = 0) {
  const words = query.trim() && !isEverything(query) ? `“${query.trim()}”` : place.dataset.all;
  status.textContent = sentence.replace("{query}", words).replace("{count}", count.toLocaleString());
}

function clear() {
  list.replaceChildren();
  for (const each of [more, near, correction]) each.hidden = true;
}

function button(text, action) {
  more.textContent = text;
  more.onclick = action;
  more.hidden = false;
}

function correct(words) {
  correction.hidden = !words;
  const link = correction.querySelector("a");
  link.textContent = words;
  link.href = address({ ...wanted, query: words });
}

function show(answer, from) {
  const { broad, none, one, many } = place.dataset;
  if (from === 0) {
    clear();
    say(answer.broad ? broad : answer.total === 0 ? none : answer.total === 1 ? one : many, wanted.query, answer.total);
    near.hidden = !answer.suggestions.length;
    suggestions(root, near.querySelector("ul"), answer.suggestions);
    correct(answer.meant);
    order.hidden = answer.total < 2;
    panel.hidden = false;
    if (answer.facets) filters.show(boxes, answer.facets);
  }
  const items = answer.items.map((card) => result(root, card));
  list.append(...items);
  if (from > 0) items[0]?.querySelector("a")?.focus();
  more.hidden = true;
  if (list.children.length < answer.total) button(place.dataset.more, () => ask(list.children.length));
}

function failed(from) {
  if (from === 0) clear();
  say(place.dataset.failed);
  button(place.dataset.retry, () => { more.hidden = true; ask(from); });
}

/** Search for what is wanted; only the answer to the last question is shown. */
async function ask(from = 0) {
  if (!wanted.query.trim() && !Object.keys(wanted.filters).length && !panel.open) {
    asking.forget();
    clear();
    panel.hidden = true;
    order.hidden = true;
    status.textContent = "";
    return;
  }
  if (!list.children.length) say(place.dataset.loading);
  try {
    show(await asking.answer({ ...wanted, from, count: SHOWN, open: panel.open }), from);
  } catch (error) {
    if (!(error instanceof Overtaken)) failed(from);
  }
}

function address({ query, filters: chosen, newest }) {
  const url = new URL(location.pathname, location.href);
  if (query.trim()) url.searchParams.set("q", query);
  if (newest) url.searchParams.set("sort", "newest");
  for (const [name, values] of Object.entries(chosen)) {
    values.forEach((value) => url.searchParams.append(name, value));
  }
  return url.href;
}

/** Take over what the page says; `step` makes it a step that the back button undoes. */
function changed(step) {
  wanted = { query: input.value, filters: filters.chosen(boxes), newest: sort.value === "newest" };
  const to = address(wanted);
  if (to !== location.href) history[step ? "pushState" : "replaceState"](null, "", to);
  ask();
}

function fromAddress() {
  const { searchParams } = new URL(location.href);
  wanted = {
    query: searchParams.get("q") ?? "",
    filters: filters.fromAddress(searchParams),
    newest: searchParams.get("sort") === "newest",
  };
  input.value = wanted.query;
  sort.value = wanted.newest ? "newest" : "relevance";
  boxes.replaceChildren();
  if (Object.keys(wanted.filters).length) panel.open = true;
  ask();
}

let waiting = 0;
input.addEventListener("focus", () => asking.prepare(), { once: true });
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(changed, PAUSE, false);
});
input.form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  changed(true);
});
sort.addEventListener("change", () => changed(true));
boxes.addEventListener("change", () => changed(true));
panel.addEventListener("toggle", () => { if (panel.open && !boxes.children.length) ask(); });
window.addEventListener("popstate", fromAddress);

/** Arrow keys walk through suggestions and results, Escape leads back to the box. */
document.addEventListener("keydown", (event) => {
  const links = [...document.querySelectorAll(".mb-suggestions a, .mb-meant a, .mb-results a")]
    .filter((link) => link.checkVisibility?.() ?? true);
  const at = links.indexOf(/** @type {any} */ (document.activeElement));
  if (at < 0 && document.activeElement !== input) return;
  if (event.key === "Escape" && at >= 0) input.focus();
  else if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
  else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? input).focus();
  else return;
  event.preventDefault();
});
fromAddress();
