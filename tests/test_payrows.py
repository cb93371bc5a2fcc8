"""Long releases: every row stands on one page and in the columns, and the browser can search them all."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import SECOND, serving
from playwright.sync_api import Browser

from minutebook.build import build
from minutebook.pages import paycolumns
from minutebook.pages.paid import ROWS, row_address
from minutebook.records.load import load
from minutebook.records.model.sums import LARGEST
from minutebook.records.register import Register, register

COUNT = 2 * ROWS + 40
ID = "2026-03"


def long_release(content: Path) -> None:
    """Put a release of `COUNT` rows into a copy of the second council: row n pays n pounds."""
    folder = content / "spending/2026"
    rows = [
        f"Service {n % 3},{'Name withheld' if n % 100 == 0 else f'Payee {n % 50}'},2026-03-{n % 31 + 1:02},"
        f"{n}.00,{'Slabs' if n % 5 else 'Kerbs'},{'personal' if n % 100 == 0 else ''}"
        for n in range(1, COUNT + 1)
    ]
    head = "OrganisationalUnit,BeneficiaryName,PaymentDate,Amount,Purpose,RedactionReason"
    (folder / f"{ID}.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    text = (folder / "2026-02.yaml").read_text(encoding="utf-8").partition("row_count")[0]
    text = re.sub("2026-02", ID, text).replace("03-28", "03-31")
    total = COUNT * (COUNT + 1) // 2
    text += (
        f"row_count: {COUNT}\ntotal: {total}.00\nredacted_count: {COUNT // 100}\ntable: {ID}.csv\n"
    )
    (folder / f"{ID}.yaml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("long") / "content"
    shutil.copytree(SECOND, content)
    long_release(content)
    output = content.parent / "site"
    assert build(content, output) == 0
    return output


@pytest.fixture(scope="module")
def long_address(long_site: Path) -> Iterator[str]:
    with serving(long_site) as found:
        yield f"{found}spending/{ID}/"


def column(site: Path, name: str) -> object:
    return json.loads((site / f"spending/{ID}/rows/{name}.json").read_text(encoding="utf-8"))


def test_the_columns_hold_every_row_exactly(long_site: Path) -> None:
    assert column(long_site, "amount") == [100 * n for n in range(1, COUNT + 1)]
    payee = column(long_site, "payee")
    assert isinstance(payee, dict)
    names = [payee["names"][place][0] for place in payee["of"]]
    assert names[:2] == ["Payee 1", "Payee 2"] and len(names) == COUNT
    withheld = [names[n - 1] for n in range(100, COUNT + 1, 100)]
    assert all(name.startswith("Name withheld:") for name in withheld)
    assert all(len(one) == 1 for one in payee["names"] if one[0].startswith("Name withheld"))
    days = column(long_site, "date")
    assert isinstance(days, dict) and days["first"] == "2026-03-01"
    assert days["days"] == [n % 31 for n in range(1, COUNT + 1)]


def test_every_row_stands_on_the_page_that_its_address_names(long_site: Path) -> None:
    for number in (0, ROWS - 1, ROWS, COUNT - 1):
        page, _, anchor = row_address(ID, number).partition("#")
        text = (long_site / page / "index.html").read_text(encoding="utf-8")
        assert text.count(f'id="{anchor}"') == 1


def test_the_largest_stand_first_without_scripts(long_site: Path) -> None:
    text = (long_site / f"spending/{ID}/index.html").read_text(encoding="utf-8")
    first = text.partition('id="largest-table"')[2].partition("</table>")[0]
    amounts = [int(one.replace(",", "")) for one in re.findall(r"[£€]([\d,]+)\.00</td>", first)]
    assert amounts == list(range(COUNT, COUNT - LARGEST, -1))


def keys(found: Register) -> dict[str, str]:
    """The path of each column, and the key of what it is made from."""
    return {path: one.key for one in paycolumns.columns(found) for path in one.paths}


def test_the_columns_are_not_made_again_for_the_same_rows(content: Path) -> None:
    long_release(content)
    records = load(content).records
    assert records is not None
    once = keys(register(records, date(2026, 5, 14)))
    again = load(content).records
    assert again is not None
    found = register(again, date(2026, 5, 15))
    assert once == keys(found) and len(once) == 6
    table = content / f"spending/2026/{ID}.csv"
    table.write_text(table.read_text("utf-8").replace("Slabs", "Stones", 1), encoding="utf-8")
    changed = load(content).records
    assert changed is not None
    after = keys(register(changed, date(2026, 5, 14)))
    assert after.keys() == once.keys() and not set(after.values()) & set(once.values())


@pytest.mark.parametrize("width", [320, 1280])
def test_the_browser_finds_and_sorts_among_all_rows(
    browser: Browser, long_address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    fetched: list[str] = []
    errors: list[str] = []
    page.on("request", lambda one: fetched.append(one.url) if "/rows/" in one.url else None)
    page.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: errors.append(str(one)))
    page.goto(long_address)
    assert fetched == [], "nothing is fetched before somebody asks"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    status = page.locator("form[data-payments] [role=status]")
    own = page.locator("tbody[hidden] + tbody tr")
    page.locator("#find-text").click()
    page.keyboard.type("kerbs")
    status.filter(has_text=f"{COUNT // 5} of {COUNT}").wait_for()
    assert not any("page-" in url for url in fetched)
    page.get_by_role("button", name="Amount").last.click()
    page.locator("th[aria-sort=descending]").wait_for()
    own.first.filter(has_text=f"{COUNT // 5 * 5}.00").wait_for()
    page.fill("#find-least", "£100")
    page.fill("#find-most", "104")
    status.filter(has_text="1 of").wait_for()
    assert "Name withheld" in own.first.inner_text() and own.count() == 1
    page.fill("#find-text", "no such thing")
    status.filter(has_text="No payment is like that").wait_for()
    page.get_by_role("button", name="Show all again").click()
    page.locator(".mb-pages").wait_for(state="visible")
    assert page.locator("tbody[hidden]").count() == 0
    assert errors == []
    page.close()


def test_when_the_columns_cannot_be_fetched_it_says_so(browser: Browser, long_address: str) -> None:
    page = browser.new_page()
    page.route("**/rows/*", lambda route: route.abort())
    page.goto(long_address)
    page.fill("#find-text", "kerbs")
    page.get_by_text("could not be fetched").wait_for()
    assert page.locator("#row-1").is_visible(), "the page stays as it is"
    page.close()


def test_without_scripts_the_form_is_not_there(browser: Browser, long_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(long_address)
    assert not page.locator("form[data-payments]").is_visible()
    assert page.locator("#row-1").is_visible()
    assert page.locator(".mb-pages a").count() >= 2
    context.close()
