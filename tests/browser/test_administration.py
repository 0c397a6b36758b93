"""Wagtail's administration under our strict policy, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from tests.members.factories import MemberFactory, TenureFactory
from tests.quizzes.factories import QuestionFactory
from tests.support.factories import SupportOrganisationFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def tab(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Open a tab in which an administrator is signed in."""
    member = MemberFactory(administrator=True)
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    context = browser.new_context(base_url=live_server.url)
    cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": session.session_key}
    context.add_cookies([cookie | {"url": live_server.url}])
    yield context.new_page()
    context.close()


def test_a_date_opens_its_calendar_though_no_inline_script_runs(tab: Page) -> None:
    organisation = SupportOrganisationFactory()
    tab.goto(f"/cms/snippets/support/supportorganisation/edit/{organisation.pk}/")
    tab.click("#id_last_checked")
    tab.wait_for_selector(".xdsoft_datetimepicker:visible")
    tab.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        " {textContent: 'window.intruder = 1'}))"
    )
    tab.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        " {textContent: 'alert(\"intruder\");'}))"
    )
    assert tab.evaluate("window.intruder") is None


def test_a_person_is_chosen_from_a_list(tab: Page) -> None:
    tenure = TenureFactory(chair=True)
    MemberFactory(given_name="Zofia", family_name="Zielińska")
    tab.goto(f"/cms/posts-held/edit/{tenure.pk}/")
    tab.get_by_role("button", name="Actions").first.click()
    tab.get_by_text("Choose somebody else").first.click()
    tab.wait_for_selector(".modal-body >> text=Zofia Zielińska")
    tab.click(".modal-body >> text=Zofia Zielińska")
    tab.wait_for_selector(".chooser__title >> text=Zofia Zielińska")


def test_an_answer_is_added_to_a_question(tab: Page) -> None:
    tab.goto("/cms/snippets/quizzes/question/add/")
    tab.get_by_role("button", name="Add Answer").click()
    tab.fill("#id_options-0-text", "Tell the safeguarding lead")
    assert tab.input_value("#id_options-TOTAL_FORMS") == "1"


def test_what_a_type_of_question_does_not_use_is_left_out(tab: Page) -> None:
    tab.goto("/cms/snippets/quizzes/question/add/")
    tab.get_by_role("button", name="Add Answer").click()
    for kind, match, tolerance in (("matching", True, False), ("numeric", False, True)):
        tab.select_option("#id_kind", kind)
        assert tab.is_visible("#id_options-0-match") is match
        assert tab.is_visible("#id_options-0-tolerance") is tolerance


def test_questions_are_found_and_several_chosen_at_once_for_a_quiz(tab: Page) -> None:
    QuestionFactory(stem="Is it yours?", true_false=True)
    QuestionFactory.create_batch(2, stem="Whom do you tell?")
    tab.goto("/cms/snippets/quizzes/quiz/add/")
    tab.get_by_role("button", name="Add Question").click()
    tab.select_option(".modal-body [name=kind]", "single")
    tab.wait_for_selector(".modal-body >> text=There are 2 matches")
    for box in tab.locator(".modal-body input[type=checkbox]").all():
        box.check()
    tab.click("[data-multiple-choice-submit]")
    tab.wait_for_selector("#inline_child_pool-1 .chooser__title >> text=Whom do you tell?")
    assert tab.input_value("#id_pool-TOTAL_FORMS") == "2"
