"""A developer's or a visitor's own machine: SQLite, demonstration mode, mail kept as files."""

import os
from pathlib import Path

import dj_database_url

from .base import *  # noqa: F403
from .base import BASE_DIR, EMAIL_FILE_PATH, SQLITE_OPTIONS

DEBUG = os.environ.get("DEBUG", "1") == "1"
SECRET_KEY = "for-development-only-and-refused-by-the-production-settings"  # noqa: S105
ALLOWED_HOSTS = ["*"]
DEMO_MODE = os.environ.get("DEMO_MODE", "1") == "1"

DATABASES = {
    "default": dj_database_url.config(default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS

# Every mail the site sends can be read here, one file each.
EMAIL_BACKEND = "members.mail_folder.MailFolder"
EMAIL_FILE_PATH = Path(os.environ.get("MAIL_FOLDER", EMAIL_FILE_PATH))
DEFAULT_FROM_EMAIL = "training@example.org"
BIGBLUEBUTTON_URL = os.environ.get("BIGBLUEBUTTON_URL", "")
BIGBLUEBUTTON_SECRET = os.environ.get("BIGBLUEBUTTON_SECRET", "")
