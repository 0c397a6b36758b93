"""A whole quiz with the keyboard alone, and where the focus is when it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import ESSENTIALS, OWN, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

MANY = 60  # presses of Tab after which something is out of reach
FOCUSED = "document.activeElement"
WORDS = f"({FOCUSED}.labels?.[0] ?? {FOCUSED}).textContent.trim().replace(/\\s+/g, ' ')"
# Whether the focused thing, or the label that stands for it, is drawn as it is without the focus.
LOOKS_THE_SAME = """() => {
  const one = document.activeElement;
  const drawn = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    return ['outline', 'boxShadow', 'backgroundColor', 'borderColor', 'textDecoration', 'top']
      .map(name => style[name]).join();
  };
  const look = () => {
    document.getAnimations().forEach(animation => animation.finish());
    const label = one.labels?.[0];
    return drawn(one) + (label ? drawn(label) + drawn(label, '::before') : '');
  };
  const focused = look();
  one.blur();
  const same = focused === look();
  one.focus();
  return same;
}"""


def tab_to(tab: Page, words: str) -> None:
    """Press Tab until what has the focus is called so."""
    for _ in range(MANY):
        tab.keyboard.press("Tab")
        if tab.evaluate(WORDS).startswith(words):
            return
    pytest.fail(f"Tab does not reach {words!r} on {tab.url}")


def tab_to_an_answer(tab: Page) -> None:
    for _ in range(MANY):
        tab.keyboard.press("Tab")
        if tab.evaluate(f"{FOCUSED}.name") == "choice":
            return
    pytest.fail(f"Tab does not reach the answers on {tab.url}")


def press_enter_and_wait(tab: Page) -> None:
    with tab.expect_navigation():
        tab.keyboard.press("Enter")


def test_a_quiz_from_start_to_result(enter: Callable[..., Page]) -> None:
    tab = enter("national")
    tab.goto(f"{ESSENTIALS}quiz/")
    tab_to(tab, "Start the questions")
    press_enter_and_wait(tab)
    for number in range(1, 11):
        expect(tab.locator("main")).to_contain_text(f"Question {number} of 10")
        answer_by_keyboard(tab, steps=number % 3)
    expect(tab.locator("h1")).to_have_text("Check your answers")
    expect(tab.get_by_text("Not answered")).to_have_count(0)
    change_the_second_answer(tab)
    tab_to(tab, "Submit my answers")
    press_enter_and_wait(tab)
    expect(tab.get_by_text("of 10").first).to_be_visible()
    assert tab.url.endswith("/result/")


def answer_by_keyboard(tab: Page, *, steps: int) -> None:
    """Choose with Space, go on with the arrows, leave with Tab and Enter."""
    tab_to_an_answer(tab)
    tab.keyboard.press("Space")
    for _ in range(steps):
        tab.keyboard.press("ArrowDown")
    expect(tab.locator("[name=choice]:checked")).to_be_focused()
    tab_to(tab, "Continue")
    press_enter_and_wait(tab)


def change_the_second_answer(tab: Page) -> None:
    tab_to(tab, "Change your answer to question 2")
    press_enter_and_wait(tab)
    before = tab.locator("[name=choice]:checked").input_value()
    tab_to_an_answer(tab)
    tab.keyboard.press("ArrowDown")
    assert tab.locator("[name=choice]:checked").input_value() != before
    tab_to(tab, "Continue")
    press_enter_and_wait(tab)


def test_several_answers_with_the_space_bar(
    enter: Callable[..., Page], facts: dict[str, object]
) -> None:
    tab = enter("member")
    tab.goto(f"/quizzes/{facts['several']}/1/")
    for _ in range(2):
        tab_to_an_answer(tab)
        tab.keyboard.press("Space")
    expect(tab.locator("[name=choice]:checked")).to_have_count(2)
    tab_to(tab, "Save and come back later")
    press_enter_and_wait(tab)
    tab.goto(f"/quizzes/{facts['several']}/1/")
    expect(tab.locator("[name=choice]:checked")).to_have_count(2)


def test_lists_numbers_and_words_without_a_mouse(
    enter: Callable[..., Page], facts: dict[str, object]
) -> None:
    tab = enter("member")
    tab.goto(f"/quizzes/{facts['listed']}/1/")
    for lists, words in ((2, ""), (3, ""), (0, "18"), (0, "Safeguarding lead")):
        tab.wait_for_load_state()
        for place in range(lists):
            tab.keyboard.press("Tab")
            while tab.evaluate(f"{FOCUSED}.tagName") != "SELECT":
                tab.keyboard.press("Tab")
            for _ in range(place + 1):
                tab.keyboard.press("ArrowDown")
        if words:
            while tab.evaluate(f"{FOCUSED}.type") != "text":
                tab.keyboard.press("Tab")
            tab.keyboard.type(words)
        tab_to(tab, "Continue")
        press_enter_and_wait(tab)
    tab.goto(f"/quizzes/{facts['listed']}/check/")
    expect(tab.get_by_text("Not answered", exact=True)).to_have_count(2)  # the steps of the story


def test_what_has_the_focus_looks_different(
    visit: Callable[[Place], Page], subtests: pytest.Subtests
) -> None:
    """Tab through the pages; each stop looks different from itself without the focus."""
    names = ("home", "course, begun", "question", "my training", "get support", "sign in")
    for place in OWN:
        if place.name not in names:
            continue
        with subtests.test(place.name):
            assert invisible_stops(visit(place)) == []


def invisible_stops(tab: Page) -> list[str]:
    """Return what looks the same with the focus as without; fail when Tab stops nowhere."""
    stops = []
    for _ in range(MANY):
        tab.keyboard.press("Tab")
        if tab.evaluate(f"{FOCUSED} === document.body"):
            break
        stops.append((tab.evaluate(WORDS), tab.evaluate(LOOKS_THE_SAME)))
    assert len(stops) > 5
    return [words for words, looks_the_same in stops if looks_the_same]


def test_the_skip_link_leads_past_the_navigation(enter: Callable[..., Page]) -> None:
    tab = enter("councillor")
    tab.goto("/")
    tab.keyboard.press("Tab")
    assert tab.evaluate(WORDS) == "Skip to main content"
    assert tab.locator(".govuk-skip-link").first.bounding_box()["height"] > 20
    tab.keyboard.press("Enter")
    expect(tab.locator("main")).to_be_focused()
    tab.keyboard.press("Tab")
    assert tab.evaluate(f"document.querySelector('main').contains({FOCUSED})")


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(
    visit: Callable[[Place], Page], subtests: pytest.Subtests
) -> None:
    names = ("sign in, nothing typed", "check, nothing typed", "module, no choice")
    for place in OWN:
        if place.name not in names:
            continue
        with subtests.test(place.name):
            tab = visit(place)
            expect(tab.locator(".govuk-error-summary")).to_be_focused()
            assert tab.title().startswith("Error: ")
            tab.keyboard.press("Tab")
            tab.keyboard.press("Enter")
            assert tab.evaluate(f"{FOCUSED}.matches('input, select, textarea')")
