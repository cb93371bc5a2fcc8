"""Every kind of page with nothing but a keyboard: all can be reached, in reading order, and is seen to be."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

MOST = 100
"""So many steps are taken on a page; the longest lists go on in the same way."""

STEP = """
() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const all = window.reachable ??= [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")];
  const line = at.getClientRects()[0] ?? box;  // a link may be broken over several lines
  const near = document.elementFromPoint(
    Math.min(Math.max(line.left + Math.min(line.width, 12) / 2, 1), innerWidth - 1),
    line.top + line.height / 2);
  return {
    place: all.indexOf(at),
    name: at.outerHTML.slice(0, 120),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
    covered: !(at instanceof SVGElement) && near !== null && !at.contains(near) && !near.contains(at),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      || style.boxShadow !== "none" || style.backgroundColor === "rgb(255, 221, 0)",
  };
}
"""
REACHABLE = """
() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true })
    && !each.disabled && each.tabIndex >= 0 && !each.closest("details:not([open]) > :not(summary)")).length
"""


def walk(page: Page, most: int = MOST) -> list[dict[str, Any]]:
    """Where the Tab key leads, step by step, until it has left the page."""
    steps = []
    for _ in range(most):
        page.keyboard.press("Tab")
        step = page.evaluate(STEP)
        # After the last place the browser's own controls come, or without those the first again.
        if step is None or (
            len(steps) > 1 and step["place"] == steps[0]["place"] < steps[1]["place"]
        ):
            break
        steps.append(step)
    return steps


def faults(page: Page) -> list[str]:
    """What is wrong with the way through a page."""
    count = page.evaluate(REACHABLE)
    steps = walk(page)
    found = [f"not seen: {step['name']}" for step in steps if not step["seen"]]
    found += [f"no mark of focus: {step['name']}" for step in steps if not step["marked"]]
    found += [f"covered: {step['name']}" for step in steps if step["covered"]]
    for before, after in pairwise(steps):
        if after["place"] <= before["place"]:
            found.append(f"out of order: {before['name']} -> {after['name']}")
    if len(steps) != min(count, MOST):
        found.append(f"{len(steps)} of {count} reached")
    return found


@pytest.mark.parametrize("width", [320, 1280])
def test_every_kind_of_page_can_be_walked_through(
    browser: Browser, address: str, kinds: list[str], width: int
) -> None:
    """Tab visits everything once, in the order of the page, in view and marked; and it leaves again."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    found = {}
    for path in kinds:
        page.goto(address + path, wait_until="networkidle")
        wrong = faults(page)
        if wrong:
            found[path] = wrong[:5]
    context.close()
    assert found == {}


def test_faults_would_be_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        "<a href='#a' tabindex='2'>second</a><a href='#b' tabindex='1'>first</a>"
        "<a href='#c' style='outline: none'>unmarked</a>"
        "<a href='#d' style='position: absolute; left: -9999px'>unseen</a>"
    )
    told = " ".join(faults(page))
    for fault in ("out of order", "no mark of focus", "not seen"):
        assert fault in told
    page.set_content("<input onkeydown='event.preventDefault()'><a href='#a'>never</a>")
    page.locator("input").focus()
    assert len(walk(page, 5)) == 5  # a trap holds the focus
    assert "out of order" in " ".join(faults(page))
    page.close()


def test_the_skip_link_is_first_and_leads_past_the_frame(
    browser: Browser, address: str, kinds: list[str]
) -> None:
    page = browser.new_page()
    for path in kinds:
        page.goto(address + path)
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.getAttribute('href')")
        assert first == "#main-content", path
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        inside = "document.activeElement.closest('#main-content, footer') !== null"
        assert page.evaluate(inside), path
    page.close()


def test_the_menu_of_a_narrow_page_opens_and_closes(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(address)
    button = page.get_by_role("button", name="Menu")
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Decisions"
    button.focus()
    page.keyboard.press("Space")
    assert button.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('nav') === null")
    page.close()
