"""What people in the story do again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from quizzes.kinds import CHOICES, Kind
from quizzes.models import Answer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from quizzes.asked import AskedQuestion

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


def enter(browser: Browser, site: str, who: str, size: dict[str, int] = DESKTOP) -> Page:
    """Sign in with one click as one of the demonstration's people, in a window of their own."""
    page = browser.new_context(base_url=site, viewport=size).new_page()
    page.set_default_timeout(10_000)
    page.goto("/accounts/login/")
    page.locator(f"form:has(input[value='{who}@example.org']) button").click()
    return page


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def finish_part(page: Page) -> None:
    if page.get_by_role("heading", name="Before you go on").count():
        page.get_by_role("link", name="Continue").or_(
            page.get_by_role("button", name="Continue")
        ).click()
    page.locator("input[name=finished][value=yes]").check()
    page.get_by_role("button", name="Continue").click()


def sit(page: Page, *, rightly: bool) -> None:
    """Answer one question a page, look over the answers, submit."""
    page.get_by_role("button", name="Start the questions").click()
    heading_of_question = page.locator("main .govuk-caption-l").first
    expect(heading_of_question).to_contain_text("Question 1 of 10")
    for answer in Answer.objects.filter(sitting__submitted_at=None).order_by("position"):
        expect(heading_of_question).to_contain_text(f"Question {answer.number} of 10")
        fill(page, answer.asked, rightly=rightly)
        page.get_by_role("button", name="Continue").click()
    heading(page, "Check your answers")
    expect(page.get_by_text("Not answered")).to_have_count(0)
    page.get_by_role("button", name="Submit my answers").click()


def fill(page: Page, asked: AskedQuestion, *, rightly: bool) -> None:
    """Answer a question of any type."""
    if asked.kind in CHOICES:
        right = asked.places(asked.right)
        wrong = [place for place in range(len(asked.choices)) if place not in right]
        for place in right if rightly else wrong[:1]:
            page.locator(f"input[name=choice][value='{place}']").check()
    elif asked.kind == Kind.MATCHING:
        sides = [choice.match for choice in asked.matches]
        for n, left in enumerate(asked.choices):
            place = (sides.index(left.match) + (not rightly)) % len(sides)
            page.locator(f"select[name=pair-{n}]").select_option(index=place + 1)
    elif asked.kind == Kind.ORDERING:
        order = asked.in_order if rightly else asked.in_order[1:] + asked.in_order[:1]
        for n, choice in enumerate(asked.choices):
            place = order.index(choice.key)
            page.locator(f"select[name=place-{n}]").select_option(index=place + 1)
    else:
        name = "number" if asked.kind == Kind.NUMERIC else "text"
        page.locator(f"[name={name}]").fill(asked.choices[0].text if rightly else "77")
