"""Settings every environment shares. Nothing here is secret and nothing here is for one machine."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.urls import reverse_lazy

from training import logs

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

INSTALLED_APPS = [
    "training",
    "certificates",
    "compliance",
    "courses",
    "quizzes",
    "support",
    "webinars",
    "feedback",
    "members",
    "members.apps.WagtailUsersConfig",
    "wagtail.contrib.settings",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.admin",
    "wagtail",
    "taggit",
    "modelcluster",
    "django_filters",
    "allauth",
    "allauth.account",
    "csp",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "training.gate.AccessGate",
    "training.headers.PrivacyHeaders",
]

ROOT_URLCONF = "training.urls"
WSGI_APPLICATION = "training.wsgi.application"
ASGI_APPLICATION = "training.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "training.context.shell",
            ],
        },
    },
]

# Lays out forms and their fields; widgets stay Django's, so the administration is untouched.
FORM_RENDERER = "training.form_renderer.GovukRenderer"

# --- Database -------------------------------------------------------------------------------
# SQLite is for a pilot or one small party. IMMEDIATE takes the write lock when a transaction
# begins, so two writers queue for it (up to `timeout` seconds) in place of failing half-way.
# synchronous=FULL: a completion that was shown to a person must survive a power cut.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
}
# Columns that PostgreSQL's index carries along; SQLite's does without.
SILENCED_SYSTEM_CHECKS = ["models.W040"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Background work ---------------------------------------------------------------------------
# Wagtail's own tasks (its search index) are done at once; ours wait in the database for the worker:
# python manage.py db_worker --backend jobs
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "jobs": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}
# Seconds. A mail server that does not answer must not hold up the worker for ever.
EMAIL_TIMEOUT = 30
# Where members.mail_folder keeps mail as files, in development.
EMAIL_FILE_PATH = VAR_DIR / "mail"

# --- People and sign-in ---------------------------------------------------------------------
AUTH_USER_MODEL = "members.Member"
# allauth's is Django's ModelBackend with e-mail; both together would hash every password twice.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["members.hashers.SmallServerArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "members.adapter.RosterAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
# Nobody signs up; but without "password1" here the sign-in form would ask for no password either.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# The roster vouches for addresses, and a code proves one; no confirmation mails beside.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "members.forms.PasswordSignIn",
    "request_login_code": "members.forms.RequestCode",
    "confirm_login_code": "members.forms.ConfirmCode",
    "reset_password": "members.forms.ForgottenPassword",
    "reset_password_from_key": "members.forms.NewPassword",
    "set_password": "members.forms.FirstPassword",
    "change_password": "members.forms.ChangePassword",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/m/key",
    "reset_password": "20/m/ip,3/m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "training.views.csrf_failure"

# --- Language and time ----------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]  # a page must not claim a language it is not written in
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# --- Files ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    # What members hand in. It has no address: a view with a rule reads it.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "private"},
    },
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Wagtail: nothing personal inside, nothing fetched from elsewhere -------------------------
WAGTAIL_SITE_NAME = "Duty of Care"
WAGTAILADMIN_BASE_URL = "http://localhost:8000"
WAGTAILADMIN_LOGIN_URL = reverse_lazy("account_login")
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# What people write in quizzes is sealed with the first of these; the others still open it.
WRITING_KEYS: list[str] = []  # empty: a key made of SECRET_KEY
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False, "LOGIN": False, "GROUPS": False}
# Authors publish what they write; a submit button that leads to nobody would only confuse.
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_USER_TIME_ZONES = ["Europe/London"]
WAGTAILADMIN_RECENT_EDITS_LIMIT = 5
# Saving by itself, it can meet a click on Publish half-way: new rows (answers, questions of a quiz)
# then arrive twice. Authors save themselves, and are warned before they leave unsaved work.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAILDOCS_EXTENSIONS = ["pdf", "txt", "vtt", "mp3", "mp4", "webm"]
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]

# --- Browser protection -----------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- The product's own settings ----------------------------------------------------------------
# Demonstration mode: one-click sign-in as invented people. Never under production settings.
DEMO_MODE = False
# Where "Exit this page" leads: a neutral page of another site.
EXIT_URL = "https://www.bbc.co.uk/weather"
# How many certificates one address may check in five minutes. The check is public; this stops
# guessing, and a meeting that checks everybody at the door still gets through.
CERTIFICATE_CHECKS_PER_FIVE_MINUTES = 30
# BigBlueButton is offered once both are set: see docs/operations.md.
BIGBLUEBUTTON_URL = BIGBLUEBUTTON_SECRET = ""
BIGBLUEBUTTON_HASH = "sha256"

LOGGING = logs.LOGGING
