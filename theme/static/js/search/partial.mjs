// Terms -> a lunr.Index that holds just these, and gives the scores of the whole one to the last bit.

const B = 0.75;
const K1 = 1.2;
const BLOCK = 13; // 2 ** 13 documents share a file of lengths
const SHIFT = 0x23;
const NOTHING = Object.freeze({}); // lunr keeps metadata here, and we have none

/** Round to three places as Python does: exactly, and halves to the even side. */
export function rounded(score) {
  const scaled = score * 1000;
  const nearest = Math.round(scaled);
  if (Math.abs(Math.abs(scaled - nearest) - 0.5) > 1e-6) return nearest / 1000;
  if (Number.isInteger(score * 16)) { // only then is it a true half
    const below = Math.floor(scaled);
    return (scaled === below || below % 2 === 0 ? below : below + 1) / 1000;
  }
  return Number(score.toFixed(3));
}

/** The weight of a term in a field: lunr's builder, operation by operation, because each one rounds. */
export function weight(idf, frequency, length, average, boost) {
  const longer = length / average;
  const score = idf * ((K1 + 1) * frequency) / (K1 * (1 - B + B * longer) + frequency);
  return rounded(score * boost);
}

/** The documents that an answer can hold: those in which every required clause is met; null for all. */
export function possible(lunr, clauses, stemmed, tokens, terms, fields) {
  let allowed = null;
  for (const clause of clauses.filter((each) => each.presence === lunr.Query.presence.REQUIRED)) {
    const met = new Set();
    for (const key of stemmed(clause)) {
      const wanted = lunr.TokenSet.fromClause({ ...clause, term: key });
      for (const expanded of tokens.intersect(wanted).toArray()) {
        for (const name of clause.fields) {
          const field = terms.get(expanded).fields[fields.indexOf(name)];
          for (const document of field?.documents ?? []) {
            if (!allowed || allowed.has(document)) met.add(document);
          }
        }
      }
    }
    allowed = met;
  }
  return allowed;
}

/**
 * @param {any} lunr
 * @param {any} manifest
 * @param {Map<string, any>} terms
 * @param {Set<number> | null} allowed from `possible`
 * @param {(block: number) => Promise<{columns: (string | number[])[], offset: number}>} lengths
 */
export async function fill(lunr, manifest, terms, allowed, lengths) {
  const fields = Object.keys(manifest.fields);
  const inverted = Object.create(null);
  const vectors = {};
  const blocks = await loaded(terms, allowed, lengths);
  for (const [key, term] of [...terms].sort(([, one], [, other]) => one.order - other.order)) {
    const posting = { _index: term.order };
    fields.forEach((name, field) => {
      const refs = posting[name] = {};
      const { documents, frequencies } = term.fields[field] ?? { documents: [] };
      const [average, boost] = [manifest.averages[field], manifest.fields[name]];
      for (let at = 0; at < documents.length; at += 1) {
        const document = documents[at];
        if (allowed && !allowed.has(document)) continue;
        const { columns, offset } = blocks.get(document >> BLOCK);
        const column = columns[field];
        const place = offset + (document % 2 ** BLOCK);
        const length = typeof column === "string" ? column.charCodeAt(place) - SHIFT : column[place];
        refs[document] = NOTHING;
        const vector = vectors[`${name}/${document}`] ??= new lunr.Vector();
        vector.elements.push(term.order, weight(term.idf, frequencies[at], length, average, boost));
      }
    });
    inverted[key] = posting;
  }
  return { inverted, vectors };
}

async function loaded(terms, allowed, lengths) {
  const wanted = new Set();
  if (allowed) allowed.forEach((document) => wanted.add(document >> BLOCK));
  else {
    for (const { fields } of terms.values()) {
      for (const { documents } of fields) documents.forEach((document) => wanted.add(document >> BLOCK));
    }
  }
  const blocks = new Map();
  await Promise.all([...wanted].map(async (block) => blocks.set(block, await lengths(block))));
  return blocks;
}

/** The number of every document, in order. */
export function everyDocument(manifest) {
  return Object.entries(manifest.blocks)
    .map(([block, [count]]) => [Number(block) * 2 ** BLOCK, count])
    .sort(([one], [other]) => one - other)
    .flatMap(([first, count]) => Array.from({ length: count }, (_, more) => first + more));
}
