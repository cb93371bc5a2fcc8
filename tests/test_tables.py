"""Tables in Chromium: what a person finds who filters and sorts, with a mouse or without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from test_browser import complaints

pytestmark = pytest.mark.browser

RELEASE = "spending/2026-04/"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}{RELEASE}")
    page.locator(".mb-table-filter").first.wait_for()
    yield page
    context.close()


def column(page: Page, number: int) -> list[str]:
    """What the cells of a column of the table of rows show, from the top, but for hidden rows."""
    return page.evaluate(
        "n => [...document.querySelectorAll('#rows tbody tr')].filter((row) => !row.hidden)"
        ".map((row) => row.cells[n].innerText)",
        number,
    )


def heading(page: Page, name: str) -> int:
    return page.locator("#rows thead th").all_inner_texts().index(name)


def test_typing_leaves_the_rows_that_hold_the_words(page: Page) -> None:
    every = column(page, heading(page, "Paid to"))
    name = every[-1]
    page.get_by_label("Filter these rows").fill(name.upper()[:-1])
    left = column(page, heading(page, "Paid to"))
    assert left == [one for one in every if name[:-1].lower() in one.lower()]
    status = page.locator("#rows [role=status]")
    assert status.inner_text() == f"{len(left)} of {len(every)} rows"
    page.get_by_label("Filter these rows").fill("zzz")
    assert status.inner_text() == "No row holds that."
    page.get_by_label("Filter these rows").fill("")
    assert column(page, heading(page, "Paid to")) == every
    assert status.inner_text() == ""


def test_a_heading_sorts_up_down_and_back_by_keyboard(page: Page) -> None:
    at = heading(page, "Amount")
    before = column(page, at)
    head = page.locator("#rows thead th").nth(at)
    head.get_by_role("button").focus()

    def pence(text: str) -> int:
        return int("".join(each for each in text if each.isdigit())) * (-1 if "-" in text else 1)

    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert column(page, at) == sorted(before, key=pence)
    page.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "descending"
    assert [pence(each) for each in column(page, at)] == sorted(map(pence, before), reverse=True)
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") is None
    assert column(page, at) == before
    assert page.evaluate("document.activeElement.closest('th') !== null")


def test_dates_are_sorted_as_days_and_one_column_at_a_time(page: Page) -> None:
    for name in ("Paid to", "Date"):
        page.locator("#rows thead").get_by_role("button", name=name).click()
    assert page.locator("#rows th[aria-sort]").count() == 1
    days = page.evaluate(
        "() => [...document.querySelectorAll('#rows td[data-value]')].map((cell) => cell.dataset.value)"
    )
    assert days == sorted(days)


def test_it_stays_accessible_and_narrow(page: Page) -> None:
    page.locator("#rows thead").get_by_role("button", name="Amount").click()
    page.get_by_label("Filter these rows").fill("a")
    assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_without_scripts_the_table_is_whole(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{RELEASE}")
    assert page.locator("#rows tbody tr").count() > 20
    assert page.locator(".mb-table-filter, .mb-sort").count() == 0
    context.close()
