// Asks the worker, which is started with the first question; a later question goes before an earlier one.

const WORKER = new URL("worker.js", import.meta.url);

/** Whoever asked has asked something else meanwhile. */
export class Overtaken extends Error {}

export function createAsking() {
  /** @type {Worker | null} */
  let worker = null;
  let asked = 0;
  const waiting = new Map();

  function settle(id, change) {
    const promise = waiting.get(id);
    waiting.delete(id);
    if (promise) change(promise);
  }

  function lost() {
    worker?.terminate();
    worker = null; // the next question starts a new one
    for (const id of [...waiting.keys()]) settle(id, ({ reject }) => reject(new Error("worker")));
  }

  function started() {
    if (!worker) {
      worker = new Worker(WORKER);
      worker.addEventListener("error", lost);
      worker.addEventListener("message", ({ data }) => settle(data.id, ({ resolve, reject }) => {
        if (data.failed) reject(new Error(data.failed));
        else resolve(data.answer);
      }));
    }
    return worker;
  }

  function send(task, request) {
    const id = ++asked;
    return {
      id,
      answer: new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        started().postMessage({ id, task, request });
      }),
    };
  }

  let latest = 0;
  return {
    prepare: () => send("prepare").answer.catch(lost),
    /** No answer is wanted any more. */
    forget() { latest = 0; },
    /** The complete list of references and scores for an expression. */
    hits: (text) => send("hits", text).answer,
    async answer(request) {
      const { id, answer } = send("answer", request);
      latest = id;
      let found = null;
      let failure = null;
      await answer.then((value) => { found = value; }, (error) => { failure = error; });
      if (latest !== id) throw new Overtaken();
      if (failure) {
        lost(); // a module that could not be loaded stays so in this worker; the next try gets a new one
        throw failure;
      }
      return found;
    },
  };
}
