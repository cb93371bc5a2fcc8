"""The search page in Chromium: what a person finds who types, filters, goes back, loses the network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import search_corpus
from conftest import serving
from playwright.sync_api import Browser, Page, Route
from test_browser import complaints

pytestmark = pytest.mark.browser

THEME = Path(__file__).resolve().parents[1] / "theme" / "static"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(f"{address}search/")
    yield page
    context.close()


def type_in(page: Page, words: str) -> None:
    page.locator("#query").fill(words)


def said(page: Page) -> str:
    return page.locator("[role=status]").inner_text()


def test_words_lead_to_a_record(page: Page) -> None:
    type_in(page, "library opening hours")
    found = page.locator(".mb-result a[href$='decisions/2025-006/']")
    found.wait_for()
    assert page.locator(".mb-result .govuk-tag").first.inner_text()
    assert page.locator(".mb-result mark").count() > 0
    assert "q=library+opening+hours" in page.url
    assert "result" in said(page)
    found.click()
    page.wait_for_url("**/decisions/2025-006/")


@pytest.mark.parametrize("typed", ["Kestrel Highways", "residential care beds"])
def test_suppliers_and_purposes_of_payments_are_found(page: Page, typed: str) -> None:
    type_in(page, typed)
    page.locator(".mb-result a[href*='spending/s']").first.wait_for()
    assert "payments" in page.locator(".mb-results").inner_text() or "mark" in page.content()


@pytest.mark.parametrize("typed", ["2026-005", "2026/005"])
def test_a_reference_leads_to_its_decision(page: Page, typed: str) -> None:
    type_in(page, typed)
    page.locator(".mb-suggestions a").first.wait_for()
    assert page.locator(".mb-suggestions a").first.get_attribute("href").endswith("2026-005/")
    assert page.locator(".mb-result a[href$='decisions/2026-005/']").count() == 1


ODD = [
    "foo:bar",
    "title:",
    "a^",
    "~",
    "*",
    "-",
    "+",
    "::",
    "🚌",
    "o'brien",
    "x^y",
    "(",
    "\\",
    "-a*",
]
MORE = ["library~9", "£1,000", "*a*", "the", "'", "+library -hours title:hours^3 lib*"]


def test_nothing_that_is_typed_fails(page: Page) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for typed in (*ODD, *MORE):
        type_in(page, typed)
        named = "all records" if typed == "*" else f"“{typed}”"
        page.locator("[role=status]", has_text=named).wait_for()
        assert "could not be loaded" not in said(page)
    assert errors == []


def test_a_misspelt_word_is_put_right(page: Page) -> None:
    type_in(page, "libary")
    page.locator(".mb-meant a").wait_for()
    page.locator(".mb-meant a").click()
    page.wait_for_url("**/search/?q=library")
    page.locator(".mb-result a").first.wait_for()
    assert not page.locator(".mb-meant").is_visible()


def test_filters_and_order_stand_in_the_address(page: Page) -> None:
    type_in(page, "council")
    page.locator(".mb-result a").first.wait_for()
    page.locator(".mb-filter-panel summary").click()
    box = page.get_by_role("checkbox", name="Decision ")
    count = int(box.locator("..").locator(".mb-count").inner_text())
    box.check()
    page.get_by_text(f"{count} results for “council”").wait_for()
    assert page.evaluate("document.activeElement.value") == "Decision"
    assert "type=Decision" in page.url
    page.locator("#sort").select_option("newest")
    page.wait_for_url("**sort=newest**")
    page.wait_for_timeout(300)
    days = page.locator(".mb-result time").evaluate_all("all => all.map((one) => one.dateTime)")
    assert days == sorted(days, reverse=True)
    shared = page.url
    page.go_back()
    page.wait_for_timeout(300)
    assert "sort" not in page.url
    assert page.locator("#sort").input_value() == "relevance"
    page.goto(shared)
    page.get_by_text(f"{count} results for “council”").wait_for()
    assert page.get_by_role("checkbox", name="Decision ").is_checked()
    assert page.locator("#sort").input_value() == "newest"


def test_it_works_with_keys_alone(page: Page) -> None:
    page.locator("#query").focus()
    page.keyboard.type("library")
    page.locator(".mb-result a").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('[data-search]') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "query"
    more = page.get_by_role("button", name="Show more results")
    if more.is_visible():
        more.focus()
        page.keyboard.press("Enter")
        page.locator(".mb-result").nth(10).wait_for()
        assert page.evaluate("document.activeElement.closest('.mb-result') !== null")


def test_what_a_screen_reader_says(page: Page) -> None:
    """The count is announced politely; the box, the filters and the suggestions have names; focus stays."""
    type_in(page, "council")
    page.locator(".mb-suggestions a").first.wait_for()
    status = page.get_by_role("status")
    assert status.get_attribute("aria-live") == "polite"
    assert "results for “council”" in status.inner_text()
    assert page.get_by_role("navigation", name="Suggestions").get_by_role("link").count() > 0
    assert (
        page.get_by_role("search", name="Search all records").get_by_role("searchbox").count() == 1
    )
    assert page.evaluate("document.activeElement.id") == "query"
    page.locator(".mb-filter-panel summary").press("Enter")
    page.get_by_role("group", name="Type").wait_for()
    for name in ("Type", "Status", "Year", "Amount"):
        assert page.get_by_role("group", name=name).get_by_role("checkbox").count() > 0
    headings = page.locator(".mb-results").get_by_role("heading", level=2)
    assert headings.count() == page.locator(".mb-result").count() == 10


def test_suggestions_name_people_wards_topics_and_references(page: Page) -> None:
    for typed, kind in (
        ("asha ver", "Person"),
        ("river", "Place"),
        ("hom", "Topic"),
        ("kestrel", "Supplier"),
        ("2026-00", "Decision"),
    ):
        type_in(page, typed)
        page.locator(".mb-suggestion__type", has_text=kind).first.wait_for()


def faults(page: Page) -> list[str]:
    """What axe complains of, on a phone and on a desk, and whether one would have to scroll sideways."""
    found = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width}: {said}" for said in complaints(page)]
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            found.append(f"{width}: too wide")
    return found


@pytest.fixture
def checked(browser: Browser, address: str) -> Iterator[Page]:
    """The search page without its content security policy, which would keep axe out."""
    context = browser.new_context(viewport={"width": 320, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}search/")
    yield page
    context.close()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ".mb-browse a"),
        ("library", ".mb-result a"),
        ("council", ".mb-suggestions a"),
        ("libary", ".mb-meant a"),
        ("zzyzx quixotic", "text=Nothing was found for"),
        ("*", "text=results for all records"),
        ("?type=Meeting", "text=results for all records"),
    ],
)
def test_every_answer_is_accessible(checked: Page, typed: str, shown: str) -> None:
    if typed.startswith("?"):
        checked.goto(f"{checked.url}{typed}")
    else:
        type_in(checked, typed)
    checked.locator(shown).first.wait_for()
    assert faults(checked) == []


def test_filters_that_are_applied_are_accessible(checked: Page) -> None:
    type_in(checked, "council")
    checked.locator(".mb-result a").first.wait_for()
    checked.locator(".mb-filter-panel summary").click()
    box = checked.get_by_role("checkbox", name="Decision ")
    box.check()
    checked.wait_for_url("**type=Decision**")
    checked.get_by_role("checkbox", name="Decision ").wait_for()
    assert faults(checked) == []


def test_searching_is_said_and_accessible(checked: Page) -> None:
    """While the network is slow, somebody who cannot see is told that something goes on."""
    held: list[Route] = []
    checked.context.route("**/search/terms/*", lambda route: held.append(route))
    type_in(checked, "library")
    checked.get_by_text("Searching").wait_for()
    assert faults(checked) == []
    for route in held:
        route.continue_()
    checked.context.unroute("**/search/terms/*")
    checked.locator(".mb-result a").first.wait_for()


def test_a_failure_is_accessible(checked: Page) -> None:
    checked.context.route("**/search/**", lambda route: route.abort())
    type_in(checked, "zzyzx")
    checked.get_by_role("button", name="Try again").wait_for()
    assert faults(checked) == []


def test_too_broad_a_beginning_is_said(checked: Page) -> None:
    """Of a word that stands for most of a large index, more letters are asked for."""

    def large(route: Route) -> None:
        manifest = route.fetch().json()
        many = " ".join(["", *(f"l{number:05}" for number in range(400))])
        route.fulfill(json={**manifest, "begins": many, "terms": manifest["terms"][:6] * 401})

    checked.context.route("**/search/index.json", large)
    type_in(checked, "l*")
    checked.get_by_text("stands for too many words").wait_for()
    assert checked.locator(".mb-browse a").first.is_visible()
    assert faults(checked) == []


def test_a_star_lists_everything_newest_first(page: Page) -> None:
    type_in(page, "*")
    page.get_by_text("results for all records").wait_for()
    days = page.locator(".mb-result time").evaluate_all("all => all.map((one) => one.dateTime)")
    assert len(days) == 10
    assert days == sorted(days, reverse=True)


def test_nothing_found_is_said(page: Page) -> None:
    type_in(page, "zzyzx quixotic")
    page.get_by_text("Nothing was found for").wait_for()


def test_the_last_question_wins(page: Page) -> None:
    page.locator("#query").press_sequentially("library", delay=5)
    type_in(page, "night bus")
    page.get_by_text("for “night bus”").wait_for()
    page.wait_for_timeout(400)
    assert "for “night bus”" in said(page)


def test_the_index_is_fetched_on_first_use_only(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}search/", wait_until="networkidle")
    assert not any("index.json" in url or "lunr" in url for url in asked)
    page.locator("#query").focus()
    page.wait_for_timeout(700)
    assert any("search/index.json" in url for url in asked)
    assert not any("/terms/" in url for url in asked)
    page.close()


@pytest.mark.parametrize(
    "lost", ["**/search/*.json", "**/search/terms/*", "**/lunr*", "**/engine.mjs"]
)
def test_a_lost_connection_is_said_and_can_be_tried_again(page: Page, lost: str) -> None:
    def fail(route: Route) -> None:
        route.abort()

    page.context.route(lost, fail)
    type_in(page, "library")
    page.get_by_text("The search could not be loaded").wait_for()
    assert page.locator(".mb-browse a").first.is_visible()
    page.context.unroute(lost, fail)
    page.get_by_role("button", name="Try again").click()
    page.locator(".mb-result a").first.wait_for()


def test_a_file_that_is_gone_is_said_and_can_be_tried_again(page: Page) -> None:
    def gone(route: Route) -> None:
        route.fulfill(status=404, body="")

    page.context.route("**/search/terms/*", gone)
    type_in(page, "library")
    page.get_by_text("The search could not be loaded").wait_for()
    assert page.locator(".mb-browse a").first.is_visible()
    page.context.unroute("**/search/terms/*", gone)
    page.get_by_role("button", name="Try again").click()
    page.locator(".mb-result a").first.wait_for()


def test_a_site_that_was_published_anew_is_searched_as_it_is_now(page: Page) -> None:
    """The manifest in the browser names files that are no longer there; it is fetched again, once."""

    def old(route: Route) -> None:
        manifest = route.fetch().json()
        route.fulfill(json={**manifest, "terms": "gone00" * (len(manifest["terms"]) // 6)})

    page.context.route("**/search/index.json", old, times=1)
    type_in(page, "library")
    page.locator(".mb-result a").first.wait_for()


def test_a_box_on_another_page_fetches_nothing_before_it_is_used(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}about/", wait_until="networkidle")
    assert not any("/js/search/" in url or "lunr" in url for url in asked)
    with page.expect_request("**/search/index.json"):
        page.locator("header input[name=q]").focus()
    assert not any("/search/terms/" in url for url in asked)
    page.close()


def test_every_page_has_a_box_that_leads_here(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}about/")
    page.locator("header input[name=q]").fill("night bus")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=night+bus")
    page.locator(".mb-result a").first.wait_for()
    page.close()


@pytest.mark.parametrize(
    ("group", "name"),
    [
        ("browse-all", "Decisions"),
        ("browse-all", "Suppliers"),
        ("browse-years", "2025"),
        ("browse-statuses", "In force"),
        ("browse-amounts", "£10,000 to £100,000"),
        ("browse-topics", "Homes"),
        ("browse-places", "Riverside"),
        ("browse-bodies", "Cabinet"),
    ],
)
def test_without_javascript_one_browses(
    browser: Browser, address: str, group: str, name: str
) -> None:
    """The form of any page leads to every facet of the search, as lists with as many records as told."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}about/")
    page.locator("header input[name=q]").fill("library")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=library")
    item = page.locator(f"[aria-labelledby={group}] li", has_text=name).first
    count = int(item.locator(".mb-count").inner_text().replace(",", ""))
    item.get_by_role("link", name=name, exact=False).first.click()
    assert page.locator("main h1").inner_text()
    if group in ("browse-years", "browse-statuses", "browse-amounts"):
        page.get_by_text(f"{count} decision").first.wait_for()
    context.close()


def different(page: Page, folder: Path) -> list[str]:
    """The questions that our worker answers otherwise than lunr.js on the whole index, both in Chromium."""
    page.add_script_tag(url="/theme/lib/lunr.min.js")
    found: list[str] = page.evaluate(
        """async (queries) => {
          const { createAsking } = await import('/theme/js/search/asking.mjs');
          const whole = lunr.Index.load(await (await fetch('/whole.json')).json());
          const asking = createAsking();
          const different = [];
          for (const query of queries) {
            const expected = whole.search(query);
            const hits = await asking.hits(query);
            const same = hits.length === expected.length && hits.every((hit, at) => (
              hit.ref === expected[at].ref && hit.score === expected[at].score));
            if (!same) different.push(query);
          }
          return different;
        }""",
        json.loads((folder / "queries.json").read_text("utf-8")),
    )
    return found


def test_the_worker_answers_exactly_in_chromium_too(browser: Browser, corpus: Path) -> None:
    """What test_search.py proves in Node, of the same 330 questions about 5,000 documents."""
    with serving(corpus) as root:
        page = browser.new_page()
        page.goto(f"{root}search/index.json")
        assert different(page, corpus) == []
        page.close()


@pytest.mark.parametrize("broken", ["chunk", "weight"])
def test_a_broken_index_would_be_found_in_chromium_too(
    browser: Browser, tmp_path: Path, broken: str
) -> None:
    search_corpus.write(tmp_path, 300, 40)
    (tmp_path / "theme").symlink_to(THEME)
    for path in sorted((tmp_path / "search/terms").iterdir())[:: 2 if broken == "chunk" else 1]:
        chunk = json.loads(path.read_text("utf-8"))
        if broken == "chunk":
            chunk["terms"] = " ".join("?" for _ in chunk["terms"].split(" "))
        else:
            chunk["idf"] = {count: round(idf, 3) for count, idf in chunk["idf"].items()}
        path.write_text(json.dumps(chunk), encoding="utf-8")
    with serving(tmp_path) as root:
        page = browser.new_page()
        page.goto(f"{root}search/index.json")
        assert different(page, tmp_path) != []
        page.close()
