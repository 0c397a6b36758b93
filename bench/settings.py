"""As in production but for the host, the secret and demonstration data."""

import os

import dj_database_url

from training.settings.base import *  # noqa: F403
from training.settings.base import SQLITE_OPTIONS

SECRET_KEY = "for-measuring-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver"]
DEMO_MODE = True
DATABASES = {"default": dj_database_url.parse(os.environ["BENCH_DATABASE_URL"])}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING = {"version": 1, "disable_existing_loggers": True, "root": {"level": "ERROR"}}
WHITENOISE_AUTOREFRESH = True
