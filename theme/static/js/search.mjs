// The search page: loads the index when somebody begins to type, and shows what is found.

import { search, snippet, words } from "./query.mjs";

const TOGETHER = 8; // records to a file of texts, as in plugins/minutebook/search/__init__.py
const SHOWN = 10;

const place = /** @type {HTMLElement} */ (document.querySelector("[data-search]"));
const status = /** @type {HTMLElement} */ (place.querySelector(".mb-status"));
const list = /** @type {HTMLElement} */ (place.querySelector(".mb-results"));
const input = /** @type {HTMLInputElement} */ (document.getElementById("query"));
const root = place.dataset.root;

/** @type {Promise<{index: any, cards: any[]}> | null} */
let loading = null;
/** @type {Map<number, Promise<string[]>>} */
const texts = new Map();
let asked = 0;

function script(address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = address;
    element.onload = resolve;
    element.onerror = () => reject(new Error(address));
    document.head.append(element);
  });
}

async function json(address) {
  const answer = await fetch(`${root}${address}`);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** Everything that a search needs, once; after a failure the next try begins anew. */
function load() {
  loading ??= Promise.all([
    window.lunr ?? script(`${root}theme/lib/lunr.min.js`),
    json("search/index.json"),
    json("search/cards.json"),
  ]).then(([, index, cards]) => ({ index: window.lunr.Index.load(index), cards }));
  loading.catch(() => { loading = null; });
  return loading;
}

function textOf(number) {
  const file = Math.floor(number / TOGETHER);
  if (!texts.has(file)) {
    const wanted = json(`search/texts/${file}.json`);
    wanted.catch(() => texts.delete(file));
    texts.set(file, wanted);
  }
  return /** @type {Promise<string[]>} */ (texts.get(file)).then((all) => all[number % TOGETHER]);
}

function say(words_, query = "", count = 0) {
  status.textContent = words_.replace("{query}", `“${query}”`).replace("{count}", String(count));
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function fill(target, pieces) {
  target.replaceChildren(...pieces.map((piece) => (
    piece.marked ? element("mark", "mb-mark", piece.text) : document.createTextNode(piece.text)
  )));
}

function result(card, number, wanted) {
  const item = element("li", "mb-result");
  const heading = element("h2", "govuk-heading-s mb-result__title");
  const link = element("a", "govuk-link");
  link.href = `${root}${card.address}`;
  fill(link, snippet(card.title, wanted, window.lunr, 400));
  heading.append(link);
  const facts = element("p", "mb-result__facts");
  facts.append(element("strong", "govuk-tag govuk-tag--grey", card.type), " ");
  if (card.state) facts.append(element("span", "mb-result__state", card.state), " ");
  if (card.day) {
    const day = element("time", "mb-result__day", new Date(`${card.day}T00:00:00Z`)
      .toLocaleDateString(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang,
        { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }));
    day.dateTime = card.day;
    facts.append(day);
  }
  const words_ = element("p", "govuk-body mb-result__snippet");
  const summary = snippet(card.summary, wanted, window.lunr, 400);
  fill(words_, summary);
  if (!summary.some((piece) => piece.marked)) {
    textOf(number).then((text) => {
      const pieces = snippet(text, wanted, window.lunr);
      if (pieces.some((piece) => piece.marked)) fill(words_, pieces);
    }, () => {}); // the summary stays, which is a snippet too
  }
  item.append(heading, facts, words_);
  return item;
}

function show(hits, cards, query) {
  const wanted = words(query);
  list.replaceChildren();
  place.querySelector(".mb-more")?.remove();
  say(place.dataset[hits.length === 0 ? "none" : hits.length === 1 ? "one" : "many"], query, hits.length);
  let shown = 0;
  const more = element("button", "govuk-button govuk-button--secondary mb-more", place.dataset.more);
  more.type = "button";
  const next = () => {
    const items = hits.slice(shown, shown + SHOWN)
      .map((hit) => result(cards[Number(hit.ref)], Number(hit.ref), wanted));
    list.append(...items);
    if (shown) items[0]?.querySelector("a")?.focus();
    shown += SHOWN;
    more.hidden = shown >= hits.length;
  };
  more.addEventListener("click", next);
  next();
  if (!more.hidden) place.append(more);
}

function failed(query) {
  list.replaceChildren();
  say(place.dataset.failed);
  const retry = element("button", "govuk-button govuk-button--secondary mb-more", place.dataset.retry);
  retry.type = "button";
  retry.addEventListener("click", () => { retry.remove(); ask(query); });
  place.querySelector(".mb-more")?.remove();
  place.append(retry);
}

/** Search, and show the answer unless a later question was asked meanwhile. */
async function ask(query) {
  const mine = ++asked;
  if (!query.trim()) {
    list.replaceChildren();
    place.querySelector(".mb-more")?.remove();
    status.textContent = "";
    return;
  }
  if (!loading) say(place.dataset.loading);
  try {
    const { index, cards } = await load();
    if (mine === asked) show(search(index, window.lunr, query), cards, query);
  } catch {
    if (mine === asked) failed(query);
  }
}

function address(query) {
  const url = new URL(location.href);
  if (query) url.searchParams.set("q", query);
  else url.searchParams.delete("q");
  return url;
}

let waiting = 0;
input.addEventListener("focus", () => load().catch(() => {}), { once: true });
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    history.replaceState(null, "", address(input.value));
    ask(input.value);
  }, 150);
});
input.form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  if (new URL(location.href).searchParams.get("q") !== input.value) {
    history.pushState(null, "", address(input.value));
  }
  ask(input.value);
});
function fromAddress() {
  input.value = new URL(location.href).searchParams.get("q") ?? "";
  ask(input.value);
}
window.addEventListener("popstate", fromAddress);
fromAddress();
