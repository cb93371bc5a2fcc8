"""Asks search engines in headless Chromium, and counts what goes over the wire."""

import gzip
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

# Each of them defines benchFind(words), which answers with how many of the first ten results are there.
# Ours is the search page itself, from Enter to results that can be read; the peers show nothing.
ASK = {
    "Minutebook": """
      const input = document.getElementById('query');
      const [status, list] = ['.mb-status', '.mb-results'].map((one) => document.querySelector(one));
      window.benchFind = (query) => new Promise((found) => {
        const watching = new MutationObserver(() => {
          if (!status.textContent.includes(query)) return;
          watching.disconnect();
          found(list.children.length);
        });
        watching.observe(status, { childList: true, characterData: true, subtree: true });
        input.value = query;
        input.form.requestSubmit();
      });
    """,
    "Pagefind": """
      const pagefind = await import('/pages/pagefind/pagefind.js');
      window.benchFind = async (query) => {
        const { results } = await pagefind.search(query);
        return (await Promise.all(results.slice(0, 10).map((one) => one.data()))).length;
      };
    """,
    "lunr.js, whole index": """
      await new Promise((done) => {
        const script = document.createElement('script');
        Object.assign(script, { src: '/site/theme/lib/lunr.min.js', onload: done });
        document.head.append(script);
      });
      const json = async (path) => (await fetch(path)).json();
      const loaded = Promise.all([json('/lunr/whole.json'), json('/lunr/cards.json')])
        .then(([index, cards]) => [lunr.Index.load(index), cards]);
      window.benchFind = async (query) => {
        const [index, cards] = await loaded;
        return index.search(query).slice(0, 10).map(({ ref }) => cards[ref]).length;
      };
    """,
}
_SEARCH = {"search", "lunr", "pagefind"}
PAGE = {"Minutebook": "site/search/index.html"}
_TIMED = """async ([prepare, query]) => {
  window.longest ??= 0;
  if (!window.watching) {
    window.watching = new PerformanceObserver((list) => list.getEntries()
      .forEach((one) => { window.longest = Math.max(window.longest, one.duration); }));
    window.watching.observe({ entryTypes: ['longtask'] });
  }
  const started = performance.now();
  if (!window.benchFind) await eval(`(async () => {${prepare}})()`);
  const shown = await window.benchFind(query);
  const milliseconds = performance.now() - started;
  await new Promise((done) => setTimeout(done, 60));
  return { milliseconds, shown, longest: window.longest };
}"""


@dataclass
class Answers:
    """What was measured of one engine, a value a query."""

    first: list[dict[str, float]] = field(default_factory=list)
    second: list[dict[str, float]] = field(default_factory=list)
    again: list[dict[str, float]] = field(default_factory=list)
    none: list[dict[str, float]] = field(default_factory=list)
    cached: list[dict[str, float]] = field(default_factory=list)


class Handler(SimpleHTTPRequestHandler):
    """Sends everything compressed that a usual host compresses, and counts the bytes of the bodies."""

    sent = 0
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript"}  # noqa: RUF012

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        compress = path.suffix in (".js", ".mjs", ".json", ".html", ".wasm")
        if compress:
            body = gzip.compress(body, 6)
        if path.suffix != ".html" and _SEARCH & {*path.parts, path.name.partition(".")[0]}:
            Handler.sent += len(body)  # what else the page has is there without a search
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if compress:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: it would be thousands of lines."""


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    handler = partial(Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def ask(folder: Path, engine: str, queries: list[str]) -> Answers:
    """Every query as the first of a new browser, the next one after it, itself again, with a full cache.

    Also one that finds nothing, twice, of which the second time counts.
    """
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if program is None:
        raise SystemExit("Chromium is needed to measure a search: apt-get install chromium")
    (folder / "blank.html").write_text("<!doctype html><title>Bench</title>", encoding="utf-8")
    answers = Answers()
    with _serving(folder) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for number, query in enumerate(queries):
            following = queries[(number + 1) % len(queries)]
            _visit(browser, root, engine, (query, following), answers)
        browser.close()
    return answers


def _visit(
    browser: Browser, root: str, engine: str, asked: tuple[str, str], answers: Answers
) -> None:
    address = f"{root}/{PAGE.get(engine, 'blank.html')}"
    context = browser.new_context(bypass_csp=True)  # this script is not the page's
    page = context.new_page()
    Handler.sent = 0
    page.goto(address, wait_until="networkidle")
    none = f"{asked[0][::-1]}x"
    queries = (*asked, asked[0], none, asked[1], none)
    kinds = (answers.first, answers.second, answers.again, [], [], answers.none)
    for query, kept in zip(queries, kinds, strict=True):
        kept.append({**page.evaluate(_TIMED, [ASK[engine], query]), "bytes": Handler.sent})
        Handler.sent = 0
    page.close()
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    answers.cached.append(page.evaluate(_TIMED, [ASK[engine], asked[0]]))
    context.close()
