// The filters: for each property a group of boxes to tick, each with how many results it would leave.

import { element } from "./results.mjs";

const NAMES = ["type", "status", "body", "place", "topic", "amount", "year"];

/** What the address says: {topic: ["Housing"], ...}. */
export function fromAddress(parameters) {
  return Object.fromEntries(NAMES.map((name) => [name, parameters.getAll(name)])
    .filter(([, values]) => values.length));
}

function box(name, at, { text, count, chosen }, words) {
  const item = element("div", "mb-filter__value");
  const input = element("input", "mb-filter__box");
  Object.assign(input, { type: "checkbox", id: `filter-${name}-${at}`, name, value: text, checked: chosen });
  const label = element("label", "mb-filter__label", `${words} `);
  label.htmlFor = input.id;
  label.append(element("span", "mb-count", count.toLocaleString(document.documentElement.lang)));
  item.append(input, label);
  return item;
}

/** The page has other words for some values: for those of `amount`, data-amount1, data-amount2 ... */
function group(name, place, values) {
  const made = element("fieldset", "mb-filter");
  const boxes = element("div", "mb-filter__values");
  boxes.append(...values.map((value, at) => (
    box(name, at, value, place.dataset[`${name}${value.text}`] ?? value.text)
  )));
  made.append(element("legend", "mb-filter__title", place.dataset[name]), boxes);
  return made;
}

/**
 * Show the filters; the box that has the focus keeps it.
 * @param {HTMLElement} place its data-type, data-status ... hold the titles
 * @param {{name: string, values: {text: string, count: number, chosen: boolean}[]}[]} facets
 */
export function show(place, facets) {
  const { name, value } = place.contains(document.activeElement) ? document.activeElement : {};
  place.replaceChildren(...facets.map((facet) => group(facet.name, place, facet.values)));
  if (value) {
    [...place.querySelectorAll("input")].find((input) => input.name === name && input.value === value)?.focus();
  }
}

/** What is ticked. */
export function chosen(place) {
  const found = {};
  for (const input of place.querySelectorAll("input:checked")) (found[input.name] ??= []).push(input.value);
  return found;
}
