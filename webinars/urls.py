"""Addresses of sessions; each room has its own."""

from __future__ import annotations

from webinars.attendance.urls import urlpatterns as attendance
from webinars.booking.urls import urlpatterns as booking
from webinars.calendar.urls import urlpatterns as calendar
from webinars.checking_in.urls import urlpatterns as checking_in
from webinars.host.urls import urlpatterns as host
from webinars.recordings.urls import urlpatterns as recordings
from webinars.reports.urls import urlpatterns as reports

app_name = "webinars"
urlpatterns = [*booking, *calendar, *checking_in, *recordings, *reports, *host, *attendance]
