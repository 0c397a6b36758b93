"""Every kind of page, with who opens it and what they do there: the list all page tests share.

An address holds the names of what `party.gather` made: /certificates/{certificate}/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.places import Place, open_all, press
from tests.browser.webinar_pages import WEBINARS, WEBINARS_IN_THE_ADMINISTRATION

if TYPE_CHECKING:
    from playwright.sync_api import Page

ESSENTIALS = "/courses/safeguarding-essentials/"
HARASSMENT = "/learn/preventing-sexual-harassment/"
CLP, REGION = "E14001560", "E12000003"


def ask_for_a_code(tab: Page) -> None:
    tab.locator("[name=email]").first.fill("member@example.org")
    press("Send me a code")(tab)


def mistype_a_code(tab: Page) -> None:
    ask_for_a_code(tab)
    tab.locator("[name=code]").fill("nonsense")
    tab.locator("main button[type=submit]").first.click()


def mistype_a_password(tab: Page) -> None:
    open_all(tab)
    tab.locator("[name=login]").fill("member@example.org")
    tab.locator("[name=password]").fill("not the password")
    tab.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def lose_the_token(tab: Page) -> None:
    tab.locator("[name=csrfmiddlewaretoken]").evaluate_all("all => all.forEach(it => it.remove())")
    press("Send me a code")(tab)


def check_for_oneself(tab: Page) -> None:
    tab.locator(".care-self-check input[type=radio]").first.check()
    press("Check")(tab)


def say_nothing(tab: Page) -> None:
    tab.fill("[name=title]", "")
    press("Continue")(tab)


def see_example(tab: Page) -> None:
    tab.get_by_role("button", name="Show the example").click()


def send(tab: Page) -> None:
    tab.locator("button.button-longrunning[type=submit]").click()


def check_a_change(tab: Page) -> None:
    tab.locator("[name=post_kinds]").first.click()
    send(tab)
    tab.get_by_role("button", name="Save it").wait_for()
    open_all(tab)


PUBLIC = (
    Place("home, signed out", "/"),
    Place("catalogue", "/courses/"),
    Place("catalogue, searched", "/courses/?q=harassment"),
    Place("catalogue, nothing found", "/courses/?q=xyz"),
    Place("course, signed out", ESSENTIALS),
    Place("course without parts", "/courses/{empty}/"),
    Place("get support", "/support/"),
    Place("get support, filtered", "/support/?nation=wales&who=women"),
    Place("check a certificate", "/verify/"),
    Place("check, nothing typed", "/verify/", then=press("Check")),
    Place("check, confirmed", "/verify/?{shared_check}"),
    Place("check, expired", "/verify/?{expired_check}"),
    Place("check, revoked", "/verify/?{revoked_check}"),
    Place("check, not confirmed", "/verify/?code=CDFGHJKMNP&surname=Nobody"),
    Place("accessibility", "/accessibility/"),
    Place("privacy", "/privacy/"),
    Place("nothing there", "/nothing/"),
)
SIGN_IN = (
    Place("sign in", "/accounts/login/", then=open_all),
    Place("sign in, nothing typed", "/accounts/login/", then=press("Send me a code")),
    Place("sign in, wrong password", "/accounts/login/", then=mistype_a_password),
    Place("code", "/accounts/login/", then=ask_for_a_code),
    Place("code, wrong", "/accounts/login/", then=mistype_a_code),
    Place("form too old", "/accounts/login/", then=lose_the_token),
    Place("forgotten password", "/accounts/password/reset/"),
    Place("forgotten password, sent", "/accounts/password/reset/done/"),
    Place("new password", "/accounts/password/reset/key/{key}/"),
    Place("new password, link used", "/accounts/password/reset/key/1-nonsense/"),
    Place("new password, done", "/accounts/password/reset/key/done/"),
    Place("change password", "/accounts/password/change/", "member"),
    Place("sign out", "/accounts/logout/", "member"),
)
LEARNING = (
    Place("home", "/", "councillor"),
    Place("home, nothing to do", "/", "member"),
    Place("my training", "/my-training/", "councillor", open_all),
    Place("my training, done", "/my-training/", "chair", open_all),
    Place("my training, empty", "/my-training/", "young"),
    Place("course, not begun", "/courses/preventing-sexual-harassment/", "councillor"),
    Place("course, begun", ESSENTIALS, "councillor"),
    Place("course, completed", ESSENTIALS, "chair"),
    Place("course, lapsed", ESSENTIALS, "lapsed"),
    Place("course for adults", "/courses/{adults}/", "young"),
    Place("interruption", f"{ESSENTIALS}module-3/", "national"),
    Place("module", f"{ESSENTIALS}module-3/?seen=1", "councillor", open_all),
    Place("module, self-check", f"{ESSENTIALS}module-1/", "national", check_for_oneself),
    Place("module, no choice", f"{ESSENTIALS}module-1/", "national", press("Continue")),
    Place("module, finished", f"{ESSENTIALS}module-1/", "chair"),
    Place("print view", "/learn/safeguarding-essentials/print/", "councillor"),
    Place("module, not yet", "{locked}", "councillor"),
    Place("elsewhere, form", f"{HARASSMENT}elsewhere/", "chair", open_all),
    Place("elsewhere, nothing typed", f"{HARASSMENT}elsewhere/", "chair", press("Send it")),
    Place("elsewhere, sent back", f"{HARASSMENT}elsewhere/", "councillor", open_all),
    Place("elsewhere, waiting", "/learn/safeguarding-essentials/elsewhere/", "member"),
)
QUIZ = (
    Place("quiz start", f"{ESSENTIALS}quiz/", "national"),
    Place("quiz begun", f"{ESSENTIALS}quiz/", "councillor"),
    Place("quiz passed", f"{ESSENTIALS}quiz/", "chair"),
    Place("question", "/quizzes/{open}/4/", "councillor"),
    Place("question with several answers", "/quizzes/{several}/1/", "member"),
    Place("question with lists", "/quizzes/{listed}/1/", "member"),
    Place("scenario", "/quizzes/{listed}/6/", "member"),
    Place("check your answers", "/quizzes/{open}/check/", "councillor"),
    Place("result, passed", "/quizzes/{passed}/result/", "chair"),
    Place("result, not passed", "/quizzes/{failed}/result/", "member"),
    Place("already submitted", "/quizzes/{passed}/1/", "chair"),
    Place("my quizzes", "/quizzes/", "member"),
    Place("practice", "/quizzes/practice/{practised}/", "chair"),
    Place("practice, told", "/quizzes/practice/{practised}/", "chair", press("Check my answer")),
    Place("certificate", "/certificates/{certificate}/", "chair", open_all),
    Place("mailbox", "/mail/", "chair"),
    Place("mail", "/mail/{mail}/", "chair"),
)
TEAM = (
    Place("team training, CLP", f"/compliance/{CLP}/", "chair", open_all),
    Place("team training, filtered", f"/compliance/{CLP}/?status=overdue", "chair"),
    Place("team training, region", f"/compliance/{REGION}/", "region", open_all),
    Place("team training, nation", "/compliance/PARTY/", "national", open_all),
    Place("team training, narrowed", f"/compliance/{REGION}/?show=no-chair", "region"),
    Place("figures, nation", "/compliance/PARTY/", "committee", open_all),
    Place("figures, region", f"/compliance/{REGION}/", "committee", open_all),
    Place("figures, CLP", f"/compliance/{CLP}/", "committee", open_all),
    Place("team training, person", f"/compliance/{CLP}/people/{{holder}}/", "chair"),
    Place("remind one person", f"/compliance/{CLP}/people/{{holder}}/remind/", "chair"),
    Place("remind who is overdue", f"/compliance/{CLP}/remind/", "chair"),
    Place("weekly mail, on", "{weekly}"),
    Place("weekly mail, off", "{weekly_off}"),
    Place("team training, past day", f"/compliance/{CLP}/?on=2026-05-01", "chair", open_all),
    Place("team training, no such day", f"/compliance/{CLP}/?on=2099-05-01&known=x", "chair"),
    Place("quarterly returns", f"/compliance/{CLP}/returns/", "chair"),
    Place("quarterly returns, region", f"/compliance/{REGION}/returns/", "region"),
    Place("return, to sign", f"/compliance/{CLP}/returns/{{last_quarter}}/", "chair", open_all),
    Place(
        "return, not agreed", f"/compliance/{CLP}/returns/{{last_quarter}}/", "chair", press("Sign")
    ),
    Place("return, signed", f"/compliance/{CLP}/returns/2025-3/1/?check=1", "chair", open_all),
    Place("paper for a meeting", f"/compliance/{CLP}/paper.pdf", "chair"),
    Place("export", f"/compliance/{CLP}/export.csv", "chair"),
    Place("export, no reason", f"/compliance/{CLP}/export.csv", "chair", press("Download")),
)
ADMINISTRATION = (
    Place("dashboard", "/cms/", "admin"),
    Place("requirements", "/cms/requirements/", "admin"),
    Place("requirement, new", "/cms/requirements/new/", "admin"),
    Place("requirement", "/cms/requirements/edit/{requirement}/", "admin"),
    Place("requirement, example", "/cms/requirements/edit/{requirement}/", "admin", see_example),
    Place("requirement, check", "/cms/requirements/edit/{requirement}/", "admin", check_a_change),
    Place("requirement, nothing filled in", "/cms/requirements/new/", "admin", send),
    Place("requirement, archive", "/cms/requirements/delete/{requirement}/", "admin"),
    Place("a person's training, found", "/cms/training-of/?q=ma", "admin"),
    Place("a person's training", "/cms/training-of/{extended}/", "admin"),
    Place("assign to a person", "/cms/training-of/{extended}/assignment/", "admin"),
    Place("exempt", "/cms/training-of/{extended}/exemption/", "admin"),
    Place("more time", "/cms/training-of/{extended}/extension/?requirement={asked}", "admin"),
    Place("leave", "/cms/training-of/{extended}/leave/", "admin"),
    Place("decisions", "/cms/decisions/", "admin"),
    Place("decision, corrected", "/cms/decisions/{more_time}/correct/", "admin"),
    Place("decision, withdrawn", "/cms/decisions/{more_time}/withdraw/", "admin"),
    Place("assign", "/cms/assign/", "admin"),
    Place("assign, what", "/cms/assign/{draft}/what/", "admin"),
    Place("assign, what, nothing said", "/cms/assign/{draft}/what/", "admin", say_nothing),
    Place("assign, who", "/cms/assign/{draft}/who/", "admin", press("How many people")),
    Place("assign, people", "/cms/assign/{naming}/people/?q=ma", "admin"),
    Place("assign, when", "/cms/assign/{draft}/when/", "admin"),
    Place("assign, messages", "/cms/assign/{draft}/messages/", "admin"),
    Place("assign, check", "/cms/assign/{draft}/check/", "admin"),
    Place("assign, done", "/cms/assign/done/{batch}/", "admin"),
    Place("certificates", "/cms/certificates/", "admin"),
    Place("certificate, inspected", "/cms/certificates/inspect/{another}/", "admin"),
    Place("certificate, revoke", "/cms/certificates/revoke/{another}/", "admin"),
    Place("elsewhere, claims", "/cms/training-elsewhere/", "admin"),
    Place("elsewhere, a claim", "/cms/training-elsewhere/{claim}/", "admin"),
    Place("elsewhere, entering", "/cms/training-elsewhere/enter/", "admin"),
    Place("import", "/cms/training-elsewhere/import/", "admin"),
    Place("import, preview", "/cms/training-elsewhere/import/{preview}/", "admin"),
    Place("import, people not found", "/cms/training-elsewhere/not-found/", "admin"),
    Place("import, a person not found", "/cms/training-elsewhere/not-found/{lost}/", "admin"),
    Place("people", "/cms/people/", "admin"),
    Place("person", "/cms/people/edit/{holder}/", "admin"),
    Place("post held", "/cms/posts-held/edit/{post}/", "admin"),
    Place("reminders", "/cms/reports/reminders/", "admin"),
    Place("audit trail", "/cms/reports/audit-trail/", "admin"),
    Place("own account", "/cms/account/", "admin"),
    Place("questions", "/cms/snippets/quizzes/question/", "admin"),
    Place("essays to mark", "/cms/essays/", "admin"),
    Place("an essay, no mark chosen", "/cms/essays/{essay}/", "admin", press("Save the mark")),
    Place("question in the bank", "/cms/snippets/quizzes/question/edit/{question}/", "admin"),
    Place(
        "support organisation",
        "/cms/snippets/support/supportorganisation/edit/{organisation}/",
        "admin",
    ),
    *WEBINARS_IN_THE_ADMINISTRATION,
)
OWN = PUBLIC + SIGN_IN + LEARNING + QUIZ + TEAM + WEBINARS
EVERYWHERE = OWN + ADMINISTRATION
