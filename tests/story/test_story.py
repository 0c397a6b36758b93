"""The main job from end to end, in a real browser, on the courses that ship.

1. An administrator looks at a course, and says who must take it; the site says how many that is.
2. A councillor learns on a phone, leaves, resumes, fails the quiz, reads, passes, and downloads
   the certificate.
3. The chair of that constituency sees the councillor covered, and exports the list.
4. The chair of another constituency, an ordinary member and a visitor see nothing of it.
5. Regional and national officers drill down to the same figures.
6. Anybody checks the certificate, once the councillor lets them.
7. Anybody gets support, and leaves at once.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from playwright.sync_api import expect
from pypdf import PdfReader

from members.models import Member
from tests.story.acting import PHONE, enter, finish_part, heading, sit
from training.demo.accounts import HOME_CLP, make_accounts
from training.demo.people import make_branches

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

COURSE = "Safeguarding essentials"
CLP = "Wakefield and Rothwell"


@pytest.fixture
def site(live_server: LiveServer, settings: SettingsWrapper) -> str:
    """Serve a party with the courses that ship and the people of the demonstration."""
    settings.DEMO_MODE = True
    settings.EXIT_URL = f"{live_server.url}/healthz"
    call_command("load_everything", verbosity=0)
    make_branches()
    make_accounts()
    return str(live_server.url)


def test_from_clone_to_certificate(browser: Browser, site: str) -> None:
    an_administrator_sets_the_rule(enter(browser, site, "admin"))
    councillor = enter(browser, site, "councillor", PHONE)
    a_councillor_learns(councillor)
    a_councillor_leaves_and_resumes(browser, site, councillor)
    councillor = enter(browser, site, "councillor", PHONE)
    a_councillor_fails_reads_and_passes(councillor)
    facts = a_councillor_downloads_the_certificate(councillor)
    the_chair_sees_it(enter(browser, site, "chair"))
    the_officers_drill_down(enter(browser, site, "region"), enter(browser, site, "national"))
    for who in ("chair2", "member"):
        others_see_nothing(enter(browser, site, who))
    a_member_takes_a_course_freely(enter(browser, site, "member", PHONE))
    anybody_checks_the_certificate(browser, site, councillor, facts)
    anybody_gets_support_and_leaves(browser, site)


def an_administrator_sets_the_rule(page: Page) -> None:
    page.goto("/cms/")
    expect(page.get_by_role("heading", name="Duty of Care")).to_be_visible()
    page.goto("/cms/requirements/new/")
    page.locator("[name=title]").fill("Safeguarding for people in post")
    page.locator("[name=reason]").fill("People who come to you must find somebody who knows.")
    page.get_by_label(COURSE).first.check()
    for post in ("CLP chair", "CLP secretary", "Councillor", "Party staff"):
        page.get_by_label(post, exact=True).check()
    page.locator("[name=grace_days]").fill("30")
    page.locator("[name=effective_from]").fill("2025-01-01")
    page.keyboard.press("Escape")
    page.locator("[name=reason]").click()
    page.locator("button.button-longrunning[type=submit]").click()
    expect(page.locator("body")).to_contain_text("3 newly due")
    page.get_by_role("button", name="Save it").click()
    expect(page.locator("body")).to_contain_text("Safeguarding for people in post")


def a_councillor_learns(page: Page) -> None:
    page.goto("/")
    heading(page, "Your training")
    expect(page.locator("main")).to_contain_text(f"Councillor, {CLP} Central")
    expect(page.locator("main")).to_contain_text("Due by")
    page.get_by_role("link", name=COURSE, exact=True).click()
    heading(page, COURSE)
    page.get_by_role("button", name="Start").click()
    finish_part(page)


def a_councillor_leaves_and_resumes(browser: Browser, site: str, page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page = enter(browser, site, "councillor", PHONE)
    page.goto("/")
    expect(page.locator("main")).to_contain_text("1 of 6 parts completed")
    page.get_by_role("link", name="Continue").or_(
        page.get_by_role("button", name="Continue")
    ).click()
    for _ in range(4):
        finish_part(page)
    heading(page, "Check what you learned")


def a_councillor_fails_reads_and_passes(page: Page) -> None:
    page.goto(f"/courses/{slug()}/")
    page.get_by_role("button", name="Continue").click()
    sit(page, rightly=False)
    heading(page, "You have not passed yet")
    expect(page.locator("main")).to_contain_text("You need 8")
    expect(page.locator("main")).to_contain_text("Not right")
    page.goto(f"/courses/{slug()}/")
    page.get_by_role("button", name="Continue").click()
    sit(page, rightly=True)
    expect(page.locator("main")).to_contain_text("You passed")
    expect(page.locator("main")).to_contain_text("10 of 10")


def slug() -> str:
    return "safeguarding-essentials"


def a_councillor_downloads_the_certificate(page: Page) -> tuple[str, str]:
    page.goto("/my-training/")
    expect(page.locator("main")).to_contain_text("Up to date")
    page.get_by_role("link", name="DC-", exact=False).click()
    heading(page, "Your certificate")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download PDF").or_(
            page.get_by_role("link", name="Download PDF")
        ).click()
    reader = PdfReader(io.BytesIO(waiting.value.path().read_bytes()))
    text = " ".join(part.extract_text() for part in reader.pages)
    assert "Siân Ŵyn-Jôb" in text
    assert COURSE in text
    councillor = Member.objects.get(email="councillor@example.org")
    certificate = councillor.completions.get().certificate
    assert certificate.shown_code in text
    return certificate.shown_code, certificate.number


def the_chair_sees_it(page: Page) -> None:
    page.goto("/compliance/")
    heading(page, f"{CLP}: training")
    row = page.locator("tr", has_text="Siân Ŵyn-Jôb")
    expect(row.first).to_contain_text("Up to date")
    for secret in ("10 of 10", "councillor@example.org", "attempt"):
        expect(page.locator("main")).not_to_contain_text(secret)
    page.get_by_role("button", name="Export this list").or_(
        page.get_by_role("link", name="Export this list")
    ).click()
    page.get_by_role("radio").first.check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the file").click()
    exported = waiting.value.path().read_text(encoding="utf-8-sig")
    assert "Siân Ŵyn-Jôb" in exported
    assert "@example.org" not in exported


def the_officers_drill_down(region: Page, national: Page) -> None:
    national.goto("/compliance/")
    national.get_by_role("link", name="Yorkshire and the Humber").first.click()
    heading(national, "Yorkshire and the Humber")
    region.goto("/compliance/")
    for page in (region, national):
        page.get_by_role("link", name=CLP).click()
        heading(page, f"{CLP}: training")
        expect(page.locator("main")).to_contain_text("Siân Ŵyn-Jôb")


def others_see_nothing(page: Page) -> None:
    answer = page.goto(f"/compliance/{HOME_CLP}/")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("body")).not_to_contain_text("Siân")


def a_member_takes_a_course_freely(page: Page) -> None:
    page.goto("/courses/")
    page.get_by_role("link", name="Preventing sexual harassment", exact=True).click()
    page.get_by_role("button", name="Start").click()
    finish_part(page)
    page.goto("/my-training/")
    expect(page.locator("main")).to_contain_text("1 of 6 parts completed")


def anybody_checks_the_certificate(
    browser: Browser, site: str, holder: Page, facts: tuple[str, str]
) -> None:
    code, number = facts
    visitor = browser.new_context(base_url=site).new_page()
    check(visitor, code)
    expect(visitor.locator("main")).to_contain_text("We could not confirm this certificate")
    holder.get_by_role("button", name="Turn checking on").click()
    check(visitor, code.lower().replace("-", " "))
    expect(visitor.locator("main")).to_contain_text("Siân Ŵyn-Jôb")
    expect(visitor.locator("main")).to_contain_text(number)


def check(page: Page, code: str) -> None:
    page.goto("/verify/")
    page.locator("[name=code]").fill(code)
    page.locator("[name=surname]").fill("wyn-job")
    page.get_by_role("button", name="Check").click()


def anybody_gets_support_and_leaves(browser: Browser, site: str) -> None:
    page = browser.new_context(base_url=site).new_page()
    page.goto("/courses/")
    page.get_by_role("link", name="Get support").first.click()
    heading(page, "Get support")
    expect(page.locator("main")).to_contain_text("999")
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url("**/healthz")
