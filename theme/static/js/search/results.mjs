// Results, suggestions and corrections as elements of the page.

export function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function fill(target, pieces) {
  target.append(...pieces.map(({ text, marked }) => (
    marked ? element("mark", "mb-mark", text) : document.createTextNode(text)
  )));
  return target;
}

function day(iso) {
  const { lang } = document.documentElement;
  const made = element("time", "mb-result__day", new Date(`${iso}T00:00:00Z`).toLocaleDateString(
    lang === "en" ? "en-GB" : lang,
    { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" },
  ));
  made.dateTime = iso;
  return made;
}

/** One result: title, type, state, day and the words found. */
export function result(root, card) {
  const item = element("li", "mb-result");
  const heading = element("h2", "govuk-heading-s mb-result__title");
  const link = fill(element("a", "govuk-link"), card.heading);
  link.href = `${root}${card.address}`;
  heading.append(link);
  const facts = element("p", "mb-result__facts");
  facts.append(element("strong", "govuk-tag mb-status--plain", card.type), " ");
  if (card.state) facts.append(element("strong", `govuk-tag mb-status--${card.status}`, card.state), " ");
  if (card.day) facts.append(day(card.day));
  item.append(heading, facts, fill(element("p", "govuk-body mb-result__snippet"), card.pieces));
  return item;
}

/** Links to what begins as typed, straight to their pages. */
export function suggestions(root, list, found) {
  list.replaceChildren(...found.map(({ name, type, address }) => {
    const item = element("li", "mb-suggestion");
    const link = element("a", "govuk-link", name);
    link.href = `${root}${address}`;
    item.append(link, " ", element("span", "mb-suggestion__type", type));
    return item;
  }));
}
