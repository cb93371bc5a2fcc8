/** What every page does besides being read: on a narrow screen, the navigation folds into a menu. */
import { ServiceNavigation } from "../lib/govuk/service-navigation.js";

for (const navigation of document.querySelectorAll('[data-module="govuk-service-navigation"]')) {
  new ServiceNavigation(navigation);
}

/** Tables that say so can be filtered and sorted. */
if (document.querySelector("table[data-filter]")) import("./tables.mjs").then(({ serve }) => serve());

if (document.querySelector("form[data-payments]")) import("./payments.mjs").then(({ serve }) => serve());

/** Who goes to a search box will search: fetch what every search needs, but not before. */
document.addEventListener("focusin", async function prepare({ target }) {
  if (!(target instanceof HTMLInputElement) || target.name !== "q") return;
  document.removeEventListener("focusin", prepare);
  if (document.querySelector("[data-search]")) return; // the search page does so itself
  const { createAsking } = await import("./search/asking.mjs");
  createAsking().prepare();
});
