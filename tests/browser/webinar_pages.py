"""The pages of webinars: see tests/browser/pages.py."""

from __future__ import annotations

from tests.browser.places import Place, open_all, press

DESK = "/sessions/host/"

WEBINARS = (
    Place("webinars, signed out", "/webinars/"),
    Place("webinars", "/webinars/", "member"),
    Place("webinar", "/webinars/safeguarding-essentials-live/", "councillor", open_all),
    Place("book a place", "/sessions/{evening}/book/", "chair", open_all),
    Place("waiting list, joining", "/sessions/{full}/book/", "councillor"),
    Place("booking, on the waiting list", "/sessions/{full}/", "member", open_all),
    Place("booking, on now", "/sessions/{on_now}/", "member", open_all),
    Place("booking, over", "/sessions/{yesterday}/", "councillor"),
    Place("booking, there in part", "/sessions/{in_part}/", "member"),
    Place("cancel a booking", "/sessions/{evening}/cancel/", "member"),
    Place("my sessions", "/sessions/mine/", "member"),
    Place("my calendar", "/sessions/calendar/", "member"),
    Place("check in", "/sessions/{on_now}/check-in/", "member"),
    Place("recording", "/sessions/{in_part}/recording/", "member", open_all),
    Place("feedback", "/feedback/session:{yesterday}/", "councillor"),
    Place("webinar in a course", "{live_step}", "member"),
    Place("sessions one runs", DESK, "host"),
    Place("session, new", f"{DESK}new/{{webinar}}/", "host"),
    Place("session, nothing said", f"{DESK}new/{{webinar}}/", "host", press("Open the session")),
    Place("session, hosting", f"{DESK}{{full}}/", "host", open_all),
    Place("session, who booked", f"{DESK}{{full}}/people/", "host"),
    Place("session, what people need", f"{DESK}{{full}}/needs/", "host"),
    Place("session, message", f"{DESK}{{full}}/message/", "host"),
    Place("session, cancel", f"{DESK}{{full}}/cancel/", "host"),
    Place("session, code", f"{DESK}{{on_now}}/code/", "host"),
    Place("attendance", f"{DESK}{{yesterday}}/attendance/", "host", open_all),
    Place("attendance, no file", f"{DESK}{{yesterday}}/attendance/", "host", press("Upload")),
    Place("attendance, report", f"{DESK}{{yesterday}}/attendance/{{report}}/", "host"),
    Place(
        "attendance, who is it",
        f"{DESK}{{yesterday}}/attendance/{{report}}/{{doubtful}}/",
        "host",
    ),
    Place("attendance, figures", f"{DESK}figures/", "host", open_all),
)
WEBINARS_IN_THE_ADMINISTRATION = (
    Place("webinars, report", "/cms/webinars-report/", "admin"),
    Place("topics", "/cms/snippets/webinars/topic/", "admin"),
    Place("recordings", "/cms/snippets/webinars/recording/", "admin"),
)
