/** On the page for a wrong address: when it holds something like the id of a decision, offer that one. */

/**
 * The decision that an address may have meant.
 * @param {string} path such as `/decision/2026-14.html`
 * @returns {string} its id, such as `2026-014`; empty when nothing in the address looks like one
 */
export function meant(path) {
  const found = /(20\d\d)\D{1,3}0*(\d{1,4})(?!\d)/.exec(path);
  return found ? `${found[1]}-${found[2].padStart(3, "0")}` : "";
}

/** Show the link, if there is such a decision. */
async function offer() {
  const place = document.getElementById("guess");
  const id = place ? meant(location.pathname) : "";
  if (!id) return;
  const page = new URL(`../../decisions/${id}/`, import.meta.url);
  const answer = await fetch(new URL(`../${id}.json`, page));
  if (!answer.ok) return;
  const { record } = await answer.json();
  const link = document.createElement("a");
  link.href = page.href;
  link.textContent = record.title;
  place.append(`${place.dataset.text} `, link);
  place.hidden = false;
}

if (typeof document !== "undefined") {
  offer().catch(() => {}); // without the guess, the page still has the search box
}
