/**
 * A release of payments that is too long for one page: find and sort in all of its rows without fetching the
 * pages. The rows lie in columns, one small file each (`spending/2026-05/rows/amount.json`), and a column is
 * fetched when somebody asks for what needs it. Without scripts, the pages hold every row.
 */
import { holds, plain } from "./tables.mjs";

/** So many rows are shown at a time. */
const SHOWN = 50;

/**
 * @typedef {{names: [string, string][], of: number[]}} Names texts with their addresses, and which each row has
 * @typedef {{first: string, days: (number | null)[]}} Days days after the first
 * @typedef {Record<string, [string, string][]>} Links what some rows belong to, by their number from 0
 * @typedef {{text: string, service: string, least: number, most: number, column: string, direction: number}} Asked
 * @typedef {{amount: number[], payee?: Names, service?: Names, purpose?: Names, date?: Days}} Columns
 */

/**
 * Which columns must be there before the rows can be chosen and put in order.
 * @param {Asked} asked
 * @returns {string[]}
 */
export function needed(asked) {
  const found = new Set(["amount"]);
  if (asked.text) for (const name of ["payee", "purpose"]) found.add(name);
  if (asked.service) found.add("service");
  if (asked.column && asked.column !== "row") found.add(asked.column);
  return [...found];
}

/**
 * The rows that are asked for, in the order asked for; equal ones stay as they were published.
 * @param {Columns} columns
 * @param {Asked} asked
 * @param {(one: string, other: string) => number} compare
 * @returns {number[]} their numbers from 0
 */
export function chosen(columns, asked, compare) {
  const { amount, payee, purpose, service } = columns;
  const texts = asked.text ? [payee, purpose].map((names) => words(names)) : [];
  const said = (row) => texts.map(({ names, of }) => names[of[row]]).join(" ");
  /** @type {number[]} */
  const rows = [];
  for (let row = 0; row < amount.length; row += 1) {
    if (amount[row] < asked.least || amount[row] > asked.most) continue;
    if (asked.service && service?.names[service.of[row]]?.[0] !== asked.service) continue;
    if (asked.text && !holds(said(row), asked.text)) continue;
    rows.push(row);
  }
  if (asked.column === "row" && asked.direction < 0) return rows.reverse();
  const value = values(columns, asked.column, compare);
  if (!value) return rows;
  return rows.sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null) || one - other;
    return asked.direction * (a - b) || one - other;
  });
}

/** @param {Names | undefined} names */
function words(names = { names: [], of: [] }) {
  return { names: names.names.map(([text]) => plain(text)), of: names.of };
}

/**
 * What rows are sorted by in a column, as a number; null where a row holds nothing there.
 * @param {Columns} columns
 * @param {string} column
 * @param {(one: string, other: string) => number} compare
 * @returns {((row: number) => number | null) | null}
 */
function values({ amount, date, ...named }, column, compare) {
  if (column === "amount") return (row) => amount[row];
  if (column === "date") return (row) => date?.days[row] ?? null;
  const found = /** @type {Record<string, Names | undefined>} */ (named)[column];
  if (!found) return null;
  const order = found.names.map((_, place) => place).sort((a, b) => compare(found.names[a][0], found.names[b][0]));
  /** @type {(number | null)[]} */
  const rank = [];
  order.forEach((place, at) => (rank[place] = found.names[place][0] ? at : null));
  return (row) => rank[found.of[row]];
}

/**
 * An amount that somebody typed, such as `£1,250.50`, in pence.
 * @param {string} text
 * @param {number} otherwise where nothing, or no number, was typed
 */
export function pence(text, otherwise) {
  const typed = text.replace(/[^\d.\-−]/g, "").replace("−", "-");
  return typed && Number.isFinite(Number(typed)) ? Math.round(Number(typed) * 100) : otherwise;
}

/** The table of one release: what was asked, what was fetched, what is shown. */
class Payments {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.data = form.dataset;
    this.table = /** @type {HTMLTableElement} */ (document.querySelector("table[data-payments]"));
    this.body = this.table.tBodies[0];
    this.paging = document.querySelector(".mb-pages");
    this.status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
    this.more = /** @type {HTMLButtonElement} */ (document.querySelector("[data-more]"));
    this.heads = /** @type {HTMLTableCellElement[]} */ ([...this.table.querySelectorAll("th[data-column]")]);
    this.collator = new Intl.Collator(this.data.locale, { numeric: true, sensitivity: "base" });
    this.money = new Intl.NumberFormat(this.data.locale, { style: "currency", currency: this.data.currency });
    this.day = new Intl.DateTimeFormat(this.data.locale, { dateStyle: "medium", timeZone: "UTC" });
    /** @type {Map<string, Promise<any>>} */
    this.fetched = new Map();
    this.turn = 0;
    this.column = "";
    this.direction = 1;
  }

  serve() {
    this.form.hidden = false;
    let timer = 0;
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.answer()));
    this.form.addEventListener("input", () => (clearTimeout(timer), (timer = window.setTimeout(() => this.answer(), 250))));
    this.form.addEventListener("reset", () => (this.sortBy(""), setTimeout(() => this.answer())));
    this.more.addEventListener("click", () => this.show(true));
    for (const head of this.heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "mb-sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => (this.sortBy(head.dataset.column ?? ""), this.answer()));
    }
  }

  /**
   * Downwards first, where the greatest or the latest are of interest; then upwards; then as published.
   * @param {string} column
   */
  sortBy(column) {
    const first = ["amount", "date"].includes(column) ? -1 : 1;
    if (column !== this.column) [this.column, this.direction] = [column, first];
    else if (this.direction === first) this.direction = -first;
    else [this.column, this.direction] = ["", 1];
    for (const head of this.heads) {
      const sorted = this.column && head.dataset.column === this.column;
      if (sorted) head.setAttribute("aria-sort", this.direction > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    }
  }

  /** @returns {Asked} */
  asked() {
    const typed = new FormData(this.form);
    const told = (name) => String(typed.get(name) ?? "").trim();
    return {
      text: told("text"),
      service: told("service"),
      least: pence(told("least"), -Infinity),
      most: pence(told("most"), Infinity),
      column: this.column,
      direction: this.direction,
    };
  }

  /**
   * A column, fetched once.
   * @param {string} name
   */
  column_(name) {
    const known = this.fetched.get(name);
    if (known) return known;
    const found = fetch(`${this.data.rows}${name}.json`).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.json();
    });
    found.catch(() => this.fetched.delete(name));
    this.fetched.set(name, found);
    return found;
  }

  /** @param {string[]} names */
  async columns(names) {
    const found = await Promise.all(names.map((name) => this.column_(name)));
    return Object.fromEntries(names.map((name, place) => [name, found[place]]));
  }

  async answer() {
    const asked = this.asked();
    const turn = (this.turn += 1);
    if (!asked.text && !asked.service && asked.least === -Infinity && asked.most === Infinity && !asked.column) {
      return this.restore();
    }
    try {
      const columns = /** @type {Columns} */ (await this.columns(needed(asked)));
      if (turn !== this.turn) return;
      this.rows = chosen(columns, asked, this.collator.compare);
      const sum = this.rows.reduce((total, row) => total + columns.amount[row], 0);
      const figures = {
        shown: this.rows.length.toLocaleString(this.data.locale),
        all: columns.amount.length.toLocaleString(this.data.locale),
        sum: this.money.format(sum / 100),
      };
      const told = (this.rows.length ? this.data.shown : this.data.none) ?? "";
      this.at = 0;
      await this.show(false);
      if (turn === this.turn) this.tell(told.replace(/\{(\w+)\}/g, (_, key) => figures[key]));
    } catch {
      if (turn === this.turn) this.tell(this.data.failed ?? "");
    }
  }

  /** @param {string} text */
  tell(text) {
    this.status.textContent = text;
  }

  restore() {
    this.tell("");
    this.own?.remove();
    this.own = undefined;
    this.body.hidden = false;
    this.more.hidden = true;
    if (this.paging instanceof HTMLElement) this.paging.hidden = false;
  }

  /**
   * Show the next rows: after those that are there, or instead of them.
   * @param {boolean} after
   */
  async show(after) {
    const turn = this.turn;
    const wanted = this.heads.map((head) => head.dataset.column ?? "").filter((name) => name !== "row");
    const columns = await this.columns([...wanted, "links"]);
    if (turn !== this.turn) return;
    const body = document.createElement("tbody");
    const next = (this.rows ?? []).slice(this.at, (this.at ?? 0) + SHOWN);
    this.at = (this.at ?? 0) + next.length;
    const made = next.map((row) => this.row(columns, row));
    if (after && this.own) this.own.append(...made);
    else {
      body.append(...made);
      this.own?.remove();
      this.own = body;
      this.body.after(body);
      this.body.hidden = true;
      if (this.paging instanceof HTMLElement) this.paging.hidden = true;
    }
    this.more.hidden = this.at >= (this.rows ?? []).length;
    if (after) /** @type {HTMLElement | null} */ (made[0]?.querySelector("a"))?.focus();
  }

  /**
   * A row as the page has it.
   * @param {any} columns
   * @param {number} row
   */
  row(columns, row) {
    const line = document.createElement("tr");
    for (const { dataset } of this.heads) {
      const column = dataset.column ?? "";
      const cell = document.createElement(column === "payee" ? "th" : "td");
      if (column === "payee") cell.scope = "row";
      cell.append(...this.cell(column, columns, row));
      line.append(cell);
    }
    if (this.table.dataset.links !== undefined) {
      const cell = document.createElement("td");
      (columns.links[row] ?? []).forEach((one, place) => cell.append(place ? ", " : "", this.link(one)));
      line.insertBefore(cell, line.lastElementChild);
    }
    return line;
  }

  /**
   * @param {string} column
   * @param {any} columns
   * @param {number} row
   * @returns {(string | Node)[]}
   */
  cell(column, columns, row) {
    if (column === "row") {
      const page = Math.floor(row / Number(this.data.size)) + 1;
      return [this.link([(row + 1).toLocaleString(this.data.locale), `${this.data.release}${page > 1 ? `page-${page}/` : ""}#row-${row + 1}`])];
    }
    if (column === "amount") return [this.money.format(columns.amount[row] / 100)];
    if (column === "date") {
      const { first, days } = columns.date;
      return days[row] === null ? [] : [this.day.format(Date.parse(first) + days[row] * 86_400_000)];
    }
    const { names, of } = columns[column];
    return [this.link(names[of[row]])];
  }

  /** @param {[string, string?]} named */
  link([text, address = ""]) {
    if (!address) return document.createTextNode(text);
    const found = document.createElement("a");
    found.href = `${this.data.root}${address}`;
    found.textContent = text;
    return found;
  }
}

/** Serve the form of the page, if it has one. */
export function serve() {
  const form = document.querySelector("form[data-payments]");
  if (form instanceof HTMLFormElement) new Payments(form).serve();
}
