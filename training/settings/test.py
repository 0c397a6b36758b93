"""For the test run: both databases, quick hashing, no mail leaves, silent logs."""

import os

import dj_database_url

from . import base
from .base import *  # noqa: F403
from .base import BASE_DIR, SQLITE_OPTIONS

DEBUG = False
SECRET_KEY = "for-tests-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO_MODE = False

# A file, not :memory:, because the browser tests and the races use several connections. The name
# outside a test counts too: by it pytest-django decides whether its live server must borrow the
# test's own connection, and two threads on one SQLite connection crash.
SUFFIX = os.environ.get("TEST_DB_SUFFIX", "")
DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{BASE_DIR / 'unused.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Nothing here has to survive a power cut.
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS | {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    }
    DATABASES["default"]["TEST"] = {"NAME": str(BASE_DIR / f"test{SUFFIX}.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_duty_of_care{SUFFIX}"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # hashing is not what we test
TASKS = base.TASKS | {"jobs": base.TASKS["default"]}  # at once; the worker has tests of its own
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]  # its own test switches it on
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING = {"version": 1, "disable_existing_loggers": True, "root": {"level": "CRITICAL"}}
WHITENOISE_AUTOREFRESH = True  # nothing is collected for a test run; do not look for the folder
