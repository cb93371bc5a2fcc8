// Filters and order: one small file for each property (plugins/minutebook/search/facets.py).

const SHIFT = 0x23;
const BLOCK = 13;
const YEAR = "year";

/** Document number -> place among all documents, which is its line in the files. */
function placing(manifest) {
  const starts = new Map();
  let before = 0;
  for (const [block, [count]] of Object.entries(manifest.blocks).sort(([a], [b]) => a - b)) {
    starts.set(Number(block), before);
    before += count;
  }
  return (document) => starts.get(document >> BLOCK) + (document % 2 ** BLOCK);
}

function opened({ values, rows }) {
  return { values, rows: rows.split("\n").map((row) => Array.from(row, (one) => one.charCodeAt(0) - SHIFT)) };
}

/** The year is the beginning of the day. */
function byYear({ values, rows }) {
  const years = [...new Set(values.map((day) => day.slice(0, 4)))].sort().reverse();
  return { values: years, rows: rows.map((row) => row.map((day) => years.indexOf(values[day].slice(0, 4)))) };
}

/** @param {ReturnType<import("./store.mjs").createStore>} store */
export function createFacets(store) {
  async function column(manifest, name) {
    if (name === YEAR) return byYear(await column(manifest, "day"));
    return store.get(`facets/${manifest.facets[name]}`, opened);
  }

  return {
    /** Newest first; what has no day comes last. */
    async newest(manifest, hits) {
      const { rows } = await column(manifest, "day");
      const place = placing(manifest);
      const day = (hit) => rows[place(Number(hit.ref))][0] ?? -1;
      return hits.map((hit) => ({ hit, day: day(hit) })).sort((a, b) => b.day - a.day).map(({ hit }) => hit);
    },
    /**
     * Keep what fits the filters (one of the values of each), and count what each value would keep.
     * @param {Record<string, string[]>} filters
     */
    async apply(manifest, hits, filters) {
      const names = [...Object.keys(manifest.facets).filter((name) => name !== "day"), YEAR];
      const columns = await Promise.all(names.map((name) => column(manifest, name)));
      const place = placing(manifest);
      const counts = columns.map(({ values }) => new Array(values.length).fill(0));
      const wanted = columns.map(({ values }, at) => (
        new Set((filters[names[at]] ?? []).map((value) => values.indexOf(value)))
      ));
      const kept = hits.filter((hit) => {
        const line = place(Number(hit.ref));
        const misses = wanted.map((set, at) => set.size > 0 && !columns[at].rows[line].some((one) => set.has(one)));
        const missed = misses.filter(Boolean).length;
        columns.forEach(({ rows }, at) => {
          if (missed === 0 || (missed === 1 && misses[at])) rows[line].forEach((one) => { counts[at][one] += 1; });
        });
        return missed === 0;
      });
      const facets = names.map((name, at) => ({
        name,
        values: columns[at].values
          .map((text, one) => ({ text, count: counts[at][one], chosen: wanted[at].has(one) }))
          .filter(({ count, chosen }) => count || chosen),
      }));
      return { kept, facets: facets.filter(({ values }) => values.length) };
    },
  };
}
