"""What people in the story do again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from quizzes.models import Answer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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
    page.get_by_label("Yes", exact=False).check()
    page.get_by_role("button", name="Continue").click()


def sit(page: Page, *, rightly: bool) -> None:
    """Answer one question a page, look over the answers, submit."""
    page.get_by_role("button", name="Start the questions").click()
    for number in range(1, 11):
        expect(page.locator("main")).to_contain_text(f"Question {number} of 10")
        answer = Answer.objects.filter(sitting__submitted_at=None).get(position=number)
        for place in places(answer, rightly=rightly):
            page.locator(f"input[name=choice][value='{place}']").check()
        page.get_by_role("button", name="Continue").click()
    heading(page, "Check your answers")
    expect(page.get_by_text("Not answered")).to_have_count(0)
    page.get_by_role("button", name="Submit my answers").click()


def places(answer: Answer, *, rightly: bool) -> list[int]:
    """Return the places, in this person's order, to choose: all right ones or one wrong one."""
    right = {option.key for option in answer.question.options.all() if option.is_correct}
    order = list(enumerate(answer.option_order))
    chosen = [place for place, key in order if (key in right) is rightly]
    return chosen if rightly else chosen[:1]
