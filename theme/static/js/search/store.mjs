// The files of the index: fetched once, kept, fetched again after a failure.

/** A file that the manifest names is not there: the site was published anew meanwhile. */
export class Stale extends Error {}

/**
 * @param {string} root address of the site, with a slash at its end
 * @param {typeof fetch} load
 */
export function createStore(root, load = fetch) {
  const held = new Map();
  let known = null;

  async function fetched(path, options) {
    const answer = await load(`${root}search/${path}.json`, options);
    if (answer.status === 404) throw new Stale(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  }

  /** @param {string} path below search/, without .json */
  function get(path, read = (value) => value, options = undefined) {
    if (!held.has(path)) {
      const wanted = fetched(path, options).then(read);
      wanted.catch(() => held.delete(path));
      held.set(path, wanted);
    }
    return held.get(path);
  }

  return {
    get,
    /** The manifest: what there is, and how the files are called. */
    async manifest() {
      known ??= get("index", (found) => ({ ...found, begins: found.begins.split(" ") }));
      known.catch(() => { known = null; });
      return known;
    },
    /** Forget everything, and ask the server itself for the manifest. */
    async renew() {
      held.clear();
      known = get("index", (found) => ({ ...found, begins: found.begins.split(" ") }), { cache: "reload" });
      await known;
    },
  };
}
