/**
 * Tables that one can filter and sort: `<table data-filter="Filter these rows" data-shown="{shown} of {all} rows"
 * data-none="No row holds that">`. The words come from the page, in its language. A cell may say what it sorts by
 * in `data-value`; without scripts the table is the same table.
 */

/** From so many rows, a box to filter is worth its place. */
const FILTERED = 15;
/** From so many rows, sorting is. */
const SORTED = 3;

/**
 * A text as it is compared: lower case, no accents, one space between words.
 * @param {string} text
 */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}

/**
 * Whether a row's plain text holds every word that was typed, in any order.
 * @param {string} text
 * @param {string} typed
 */
export function holds(text, typed) {
  return plain(typed).split(" ").every((word) => text.includes(word));
}

/**
 * The number that a cell shows. All cells of a column have as many decimals, so the digits alone tell, whatever
 * signs the language puts between them.
 * @param {string} text such as `-£1,250.00` or `1.250,00 €`
 * @returns {number} not a number where the cell is empty
 */
export function number(text) {
  const digits = text.replace(/\D/g, "");
  return digits ? Number(digits) * (/^\D*[-−]/.test(text) ? -1 : 1) : NaN;
}

/**
 * The order of rows: where there is nothing to sort by, they stay behind, upwards and downwards.
 * @param {(string | number)[]} values what each row is sorted by
 * @param {number} direction 1 upwards, -1 downwards
 * @param {(one: string, other: string) => number} compare texts in the language of the page
 * @returns {number[]} the places of the rows in their new order; equal rows keep theirs
 */
export function order(values, direction, compare) {
  const empty = (value) => value === "" || Number.isNaN(value);
  return values.map((_, place) => place).sort((one, other) => {
    const [a, b] = [values[one], values[other]];
    if (empty(a) || empty(b)) return Number(empty(a)) - Number(empty(b)) || one - other;
    const by = typeof a === "number" ? a - /** @type {number} */ (b) : compare(a, /** @type {string} */ (b));
    return direction * by || one - other;
  });
}

/**
 * Put a box and a count before a table, and show only the rows that hold what is typed.
 * @param {HTMLTableElement} table
 * @param {HTMLTableRowElement[]} rows
 */
function filter(table, rows) {
  const { filter: label = "", shown = "", none = "" } = table.dataset;
  const texts = rows.map((row) => plain(row.innerText));
  const box = document.createElement("div");
  box.className = "mb-table-filter";
  const name = document.createElement("label");
  name.textContent = label;
  name.className = "govuk-label";
  const input = document.createElement("input");
  input.className = "govuk-input";
  input.type = "search";
  input.autocomplete = "off";
  input.id = name.htmlFor = `filter-${[...document.querySelectorAll("table")].indexOf(table) + 1}`;
  const status = document.createElement("p");
  status.className = "mb-quiet";
  status.setAttribute("role", "status");
  box.append(name, input, status);
  (table.closest(".mb-scroll") ?? table).before(box);
  input.addEventListener("input", () => {
    let count = 0;
    rows.forEach((row, place) => {
      row.hidden = !holds(texts[place], input.value);
      count += row.hidden ? 0 : 1;
    });
    const told = count ? shown : none;
    const figures = { shown: count, all: rows.length };
    status.textContent = input.value.trim()
      ? told.replace(/\{(\w+)\}/g, (_, key) => figures[key].toLocaleString(document.documentElement.lang))
      : "";
  });
}

/**
 * Make a button of every heading: upwards, downwards, as it was.
 * @param {HTMLTableElement} table
 * @param {HTMLTableRowElement[]} rows
 */
function sort(table, rows) {
  const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  const heads = [...(table.tHead?.rows[0].cells ?? [])];
  const body = rows[0].parentElement;
  heads.forEach((head, column) => {
    if (!head.textContent?.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "mb-sort";
    button.append(...head.childNodes);
    head.append(button);
    const numeric = head.classList.contains("govuk-table__header--numeric");
    button.addEventListener("click", () => {
      const next = { ascending: "descending", descending: "" }[head.getAttribute("aria-sort") ?? ""] ?? "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      if (next) head.setAttribute("aria-sort", next);
      const values = rows.map(({ cells }) => {
        const text = cells[column]?.dataset.value ?? shown(cells[column], numeric);
        return numeric ? number(text) : text;
      });
      const places = next ? order(values, next === "ascending" ? 1 : -1, compare) : rows.keys();
      body?.append(...[...places].map((place) => rows[place]));
    });
  });
}

/**
 * What a cell shows; where a number is followed by another one, such as its share, the first.
 * @param {HTMLTableCellElement | undefined} cell
 * @param {boolean} first
 */
function shown(cell, first) {
  return ((first && cell?.firstChild ? cell.firstChild : cell)?.textContent ?? "").trim();
}

/** Serve every table of the page that asks for it. */
export function serve() {
  for (const table of /** @type {NodeListOf<HTMLTableElement>} */ (document.querySelectorAll("table[data-filter]"))) {
    const rows = [...(table.tBodies[0]?.rows ?? [])];
    // A cell that spans columns would be sorted by the wrong one.
    if (rows.length >= SORTED && !table.querySelector("[colspan], [rowspan]")) sort(table, rows);
    if (rows.length >= FILTERED) filter(table, rows);
  }
}
