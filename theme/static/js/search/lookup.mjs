// A lunr query -> the complete answer of the whole index, from the few files that it needs.

import { sieved } from "./nearby.mjs";
import { everyDocument, fill, possible } from "./partial.mjs";
import { createTerms } from "./terms.mjs";

const MOST = 150; // chunks that one beginning of a word may ask for

/** A beginning or an end such as `a*` that stands for too large a part of the index. */
export class TooMany extends Error {}

/**
 * @param {any} lunr the lunr namespace, unmodified
 * @param {ReturnType<import("./store.mjs").createStore>} store
 */
export function createLookup(lunr, store) {
  const terms = createTerms(store);
  const pipeline = new lunr.Pipeline();
  pipeline.add(lunr.stemmer);

  const stemmed = (clause) => (
    clause.usePipeline ? pipeline.runString(clause.term, { fields: clause.fields }) : [clause.term]
  );

  /** lunr itself decides; of the whole dictionary that would take it long, so it gets what can match. */
  async function fromDictionary(manifest, clause, key) {
    const found = sieved(await terms.dictionary(manifest), key, clause.editDistance ?? 0);
    return lunr.TokenSet.fromArray(found)
      .intersect(lunr.TokenSet.fromClause({ ...clause, term: key })).toArray();
  }

  /** The terms that the clauses can match. */
  async function needed(manifest, clauses) {
    const names = new Set();
    const prefixes = new Set();
    for (const clause of clauses) {
      for (const key of stemmed(clause)) {
        const star = key.indexOf("*");
        if (star === 0 || "editDistance" in clause) {
          for (const name of await fromDictionary(manifest, clause, key)) names.add(name);
        } else if (star > 0) prefixes.add(key.slice(0, star));
        else names.add(key);
      }
    }
    if ([...prefixes].some((prefix) => terms.spread(manifest, prefix) > MOST) || names.size > MOST * 20) {
      throw new TooMany();
    }
    return terms.load(manifest, names, prefixes);
  }

  /** Of a query that only forbids, lunr lists every document; one field is enough, as all scores are 0. */
  function all(manifest, field) {
    const none = new lunr.Vector();
    return Object.fromEntries(everyDocument(manifest).map((number) => [`${field}/${number}`, none]));
  }

  return {
    terms,
    /**
     * @param {(query: any) => void} define adds clauses to a lunr.Query
     * @returns {Promise<{ref: string, score: number}[]>} as lunr.Index.query
     */
    async query(define) {
      const manifest = await store.manifest();
      const fields = Object.keys(manifest.fields);
      const asked = new lunr.Query(fields);
      define(asked);
      const found = await needed(manifest, asked.clauses);
      const tokenSet = lunr.TokenSet.fromArray([...found.keys()].sort());
      const allowed = possible(lunr, asked.clauses, stemmed, tokenSet, found, fields);
      const lengths = async (block) => {
        const [, name, offset] = manifest.blocks[block];
        return { columns: await store.get(`lengths/${name}`), offset };
      };
      const { inverted, vectors } = await fill(lunr, manifest, found, allowed, lengths);
      const fieldVectors = asked.isNegated() ? all(manifest, fields[0]) : vectors;
      return new lunr.Index({ invertedIndex: inverted, fieldVectors, tokenSet, fields, pipeline })
        .query(define);
    },
    /** @param {string} expression in lunr's query language; throws lunr.QueryParseError */
    search(expression) {
      return this.query((query) => new lunr.QueryParser(expression, query).parse());
    },
  };
}
