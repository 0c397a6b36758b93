"""The real thing. Refuses to start when something that protects people is missing.

Read from the environment: SECRET_KEY, ALLOWED_HOSTS (comma separated), DATABASE_URL, SITE_URL;
optional: REDIS_URL, EMAIL_URL parts (EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER,
EMAIL_HOST_PASSWORD), DEFAULT_FROM_EMAIL, EXIT_URL, MEDIA_ROOT, TRUSTED_PROXIES, WRITING_KEYS,
BIGBLUEBUTTON_URL, BIGBLUEBUTTON_SECRET, BIGBLUEBUTTON_HASH.
"""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from . import base
from .base import *  # noqa: F403


def required(name: str, why: str) -> str:
    """Return the environment variable `name`, or stop with a sentence that says what to do."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}: {why}")
    return value


if os.environ.get("DEMO_MODE", "0") not in {"", "0"}:
    raise ImproperlyConfigured(
        "DEMO_MODE is for development only: it lets anybody sign in as an administrator. "
        "Remove DEMO_MODE from the environment."
    )

DEBUG = False
DEMO_MODE = False
SECRET_KEY = required("SECRET_KEY", "at least 50 random characters, kept secret.")
if len(SECRET_KEY) < 50 or "development" in SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is too short or the development key. Make one with: "
        'python -c "import secrets; print(secrets.token_urlsafe(50))"'
    )
WRITING_KEYS = os.environ.get("WRITING_KEYS", "").split()
ALLOWED_HOSTS = [
    host.strip()
    for host in required("ALLOWED_HOSTS", "the site's host names, comma separated.").split(",")
    if host.strip()
]
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's hosts, not '*'.")

DATABASES = {
    "default": dj_database_url.parse(
        required("DATABASE_URL", "for example postgres://user:password@host/duty_of_care"),
        conn_max_age=60,
        conn_health_checks=True,
    ),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = base.SQLITE_OPTIONS
if str(DATABASES["default"]["NAME"]) == str(base.BASE_DIR / "db.sqlite3"):
    raise ImproperlyConfigured(
        "DATABASE_URL names the demonstration database (db.sqlite3). Name another database."
    )

WAGTAILADMIN_BASE_URL = required("SITE_URL", "the public address, https://training.example.org")
EXIT_URL = os.environ.get("EXIT_URL", base.EXIT_URL)
BIGBLUEBUTTON_URL = os.environ.get("BIGBLUEBUTTON_URL", "").strip()
BIGBLUEBUTTON_SECRET = os.environ.get("BIGBLUEBUTTON_SECRET", "").strip()
BIGBLUEBUTTON_HASH = os.environ.get("BIGBLUEBUTTON_HASH", base.BIGBLUEBUTTON_HASH).strip()
if BIGBLUEBUTTON_URL and not BIGBLUEBUTTON_URL.startswith("https://"):
    raise ImproperlyConfigured(
        "BIGBLUEBUTTON_URL must begin with https://: names and signed addresses go there."
    )
if BIGBLUEBUTTON_HASH not in {"sha1", "sha256", "sha384", "sha512"}:
    raise ImproperlyConfigured("BIGBLUEBUTTON_HASH must be sha1, sha256, sha384 or sha512.")
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", base.MEDIA_ROOT))

# Rate limits count in the cache: it must be shared by all web processes.
CACHES = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": os.environ["REDIS_URL"],
        }
        if os.environ.get("REDIS_URL")
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "shared_cache",
            # Past its most entries Django throws a third away, whoever's: with its usual 300 a few
            # hundred wrong passwords would lift everybody's brakes. What is over goes first.
            "OPTIONS": {"MAX_ENTRIES": 1_000_000},
        }
    ),
}

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": os.environ.get("PRIVATE_ROOT", VAR_DIR / "private")},
    },
}

EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = bool(EMAIL_HOST_USER)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", f"training@{ALLOWED_HOSTS[0]}")

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
# How many proxies of ours stand in front; addresses for rate limits are read accordingly.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "1"))
