"""Everything a member, a chair and a visitor need works where no script runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import CLP, ESSENTIALS
from tests.courses.proofs import JPEG
from training.demo.accounts import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Plain = Callable[..., Page]
    Facts = dict[str, object]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def plain(enter: Callable[..., Page]) -> Callable[..., Page]:
    """Open a tab in which no script runs."""
    return lambda who="": enter(who, java_script_enabled=False)


def heading(tab: Page, words: str) -> None:
    expect(tab.locator("h1").first).to_contain_text(words)


def signing_in_with_a_password(plain: Plain, facts: Facts) -> None:
    tab = plain()
    tab.goto("/my-training/")
    tab.locator("summary", has_text="Sign in with a password instead").click()
    tab.get_by_label("E-mail address").last.fill("member@example.org")
    tab.locator("[name=password]").fill(PASSWORD)
    tab.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    heading(tab, "My training")
    tab.get_by_role("button", name="Sign out").click()
    expect(tab.get_by_role("link", name="Sign in").first).to_be_visible()


def signing_in_as_one_of_the_demonstration(plain: Plain, facts: Facts) -> None:
    tab = plain()
    tab.goto("/accounts/login/")
    tab.locator("form:has(input[value='chair@example.org']) button").click()
    expect(tab.locator("header")).to_contain_text("Maureen Hirst")


def a_module_with_its_self_check(plain: Plain, facts: Facts) -> None:
    tab = plain("national")
    tab.goto(ESSENTIALS)
    tab.get_by_role("button", name="Start").click()
    heading(tab, "What safeguarding is")
    check = tab.locator(".care-self-check").first
    check.get_by_role("radio").first.check()
    check.get_by_role("button", name="Check").click()
    expect(check.get_by_role("status")).to_be_visible()
    tab.locator(".govuk-details__summary").first.click()
    expect(tab.locator(".govuk-details__text").first).to_be_visible()
    tab.locator("main").get_by_role("button", name="Continue").click()
    expect(tab.locator(".govuk-error-summary")).to_contain_text("Choose whether")
    tab.get_by_label("Yes", exact=False).check()
    tab.locator("main").get_by_role("button", name="Continue").click()
    expect(tab.locator("main")).to_contain_text("Saved. 1 of 6 parts completed.")


def a_quiz(plain: Plain, facts: Facts) -> None:
    tab = plain("councillor")
    tab.goto(f"{ESSENTIALS}quiz/")
    tab.locator("main").get_by_role("button", name="Continue").click()
    for number in range(4, 11):
        tab.goto(f"/quizzes/{facts['open']}/{number}/")
        tab.locator("[name=choice]").first.check()
        tab.get_by_role("button", name="Continue").click()
    heading(tab, "Check your answers")
    tab.get_by_role("link", name="Change your answer to question 10").click()
    expect(tab.locator("[name=choice]").first).to_be_checked()
    tab.get_by_role("button", name="Continue").click()
    tab.get_by_role("button", name="Submit my answers").click()
    expect(tab.locator("main")).to_contain_text("of 10")
    expect(tab.locator("main")).to_contain_text("Your answers")


def the_filter_of_team_training(plain: Plain, facts: Facts) -> None:
    tab = plain("chair")
    tab.goto(f"/compliance/{CLP}/")
    rows = tab.locator("#people ~ table tbody tr")
    everybody = rows.count()
    tab.locator("[name=status]").select_option("overdue")
    tab.get_by_role("button", name="Show").click()
    expect(tab.locator("main")).to_contain_text(f"of {everybody} people, most urgent first")
    assert 0 < rows.count() < everybody
    expect(tab.locator("[name=status]")).to_have_value("overdue")


def the_filters_of_get_support(plain: Plain, facts: Facts) -> None:
    tab = plain()
    tab.goto("/support/")
    everybody = tab.locator("article").count()
    tab.locator("[name=nation]").select_option("wales")
    tab.locator("main").get_by_role("button").last.click()
    assert "nation=wales" in tab.url
    expect(tab.locator("[name=nation]")).to_have_value("wales")
    assert 0 < tab.locator("article").count() < everybody


def searching_the_catalogue_and_checking_a_certificate(plain: Plain, facts: Facts) -> None:
    tab = plain()
    tab.goto("/courses/?q=harassment")
    expect(tab.get_by_role("link", name="Preventing sexual harassment", exact=True)).to_be_visible()
    tab.goto(f"/verify/?{facts['shared_check']}")
    heading(tab, "This certificate is valid")


def a_proof_of_training_elsewhere(plain: Plain, facts: Facts) -> None:
    tab = plain("councillor")
    tab.goto("/my-training/")
    expect(tab.locator("main")).to_contain_text("The photo shows no name.")
    tab.get_by_role("button", name="Send it again").click()
    tab.locator("[name=completed_on_month]").fill("13")
    tab.locator("main").get_by_role("button", name="Send it again").click()
    expect(tab.locator(".govuk-error-summary")).to_contain_text("Give the day as numbers")
    tab.locator("[name=completed_on_month]").fill("1")
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": JPEG}
    tab.set_input_files("[name=file]", photo)
    tab.locator("main").get_by_role("button", name="Send it again").click()
    expect(tab.locator("main")).to_contain_text("Until then your training stands as before.")
    tab.get_by_role("button", name="Withdraw it").click()
    expect(tab.locator("main")).to_contain_text("You have withdrawn it.")


def the_exit_link_signs_out_and_leaves(plain: Plain, facts: Facts) -> None:
    tab = plain("councillor")
    tab.goto(f"{ESSENTIALS}module-1/")
    tab.get_by_role("button", name="Exit this page").click()
    tab.wait_for_url("**/healthz")
    tab.goto("/my-training/")
    heading(tab, "Sign in")


WAYS = (
    signing_in_with_a_password,
    signing_in_as_one_of_the_demonstration,
    a_module_with_its_self_check,
    a_quiz,
    the_filter_of_team_training,
    the_filters_of_get_support,
    searching_the_catalogue_and_checking_a_certificate,
    a_proof_of_training_elsewhere,
    the_exit_link_signs_out_and_leaves,
)


def test_what_people_do(plain: Plain, facts: Facts, subtests: pytest.Subtests) -> None:
    for way in WAYS:
        with subtests.test(way.__name__.replace("_", " ")):
            way(plain, facts)
