// Runs the search beside the page, so that the page never waits: lunr itself, then our modules.
// A classic worker, because lunr.js is not a module.
/* global importScripts, lunr */
importScripts("../../lib/lunr.min.js");

const root = new URL("../../../", self.location.href).href;
const ready = import("./engine.mjs").then(({ createEngine }) => createEngine(lunr, root));

self.addEventListener("message", async ({ data: { id, task, request } }) => {
  try {
    self.postMessage({ id, answer: await (await ready)[task](request) });
  } catch (error) {
    self.postMessage({ id, failed: error.constructor.name });
  }
});
