"""The site in a browser: Chromium, at 320 and 1280 pixels, with and without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import serving
from playwright.sync_api import Browser, Page, Response

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[1]
AXE = ROOT / "theme/node_modules/axe-core/axe.min.js"


def visit(page: Page, address: str, script: bool) -> None:
    """Load a page; without scripts, as a browser in which they are switched off does.

    They are switched on again afterwards, because what looks at the page is a script too.
    """
    protocol = page.context.new_cdp_session(page)
    protocol.send("Emulation.setScriptExecutionDisabled", {"value": not script})
    page.goto(address)
    protocol.send("Emulation.setScriptExecutionDisabled", {"value": False})
    protocol.detach()


def complaints(page: Page) -> list[str]:
    """What axe has against a page: WCAG 2.2 AA and best practice."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    run = f"() => axe.run(document, {{runOnly: {{type: 'tag', values: {tags!r}}}}})"
    found = page.evaluate(run)["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_kind_of_page_is_accessible(
    browser: Browser, address: str, kinds: list[str], width: int, script: bool
) -> None:
    """No violation that axe knows, and nothing wider than the window."""
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    found = {}
    for path in kinds:
        visit(page, address + path, script)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        wrong = complaints(page) + ([f"{wide} px too wide"] if wide > 0 else [])
        if wrong:
            found[path] = wrong
    context.close()
    assert found == {}


def test_axe_would_find_something(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html><body><img src='x'><p style='color:#eee'>pale</p></body></html>")
    assert any(each.startswith("image-alt") for each in complaints(page))
    page.close()


def test_nobody_else_is_asked_and_nothing_is_stored(
    browser: Browser, address: str, kinds: list[str]
) -> None:
    """No request to another host, no cookie, no storage, no breach of the policy, no error."""
    context = browser.new_context()
    page = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    for path in kinds:
        page.goto(address + path, wait_until="networkidle")
        assert (
            page.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"
        )
    host = address.split("/")[2]
    assert [
        url for url in requests if url.split("/")[2] != host and not url.startswith("data:")
    ] == []
    assert errors == []
    assert context.cookies() == []
    context.close()


def test_it_works_below_a_path(browser: Browser, site: Path) -> None:
    """As on many static hosts: nothing is asked for outside the folder of the site."""
    page = browser.new_page()
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status > 399 else None)
    with serving(site.parent) as found:
        for path in ("", "decisions/", "decisions/2025-006/", "search/?q=library"):
            page.goto(f"{found}{site.name}/{path}", wait_until="networkidle")
        page.locator(".mb-result a").first.click()
        page.wait_for_load_state("networkidle")
        assert f"/{site.name}/" in page.url
    assert failed == []
    page.close()


def test_a_first_visit_to_a_decision_is_light(browser: Browser, address: str, site: Path) -> None:
    """All that the browser fetches for the heaviest decision, not compressed, is at most 100 kB."""
    every = (site / "decisions").glob("2*/index.html")
    heaviest = max(every, key=lambda path: path.stat().st_size)
    context = browser.new_context()
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{address}decisions/{heaviest.parent.name}/", wait_until="networkidle")
    fetched = {answer.url: len(answer.body()) for answer in answers}
    context.close()
    assert len(fetched) >= 4
    assert sum(fetched.values()) <= 100_000, fetched
