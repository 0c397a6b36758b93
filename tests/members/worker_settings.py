"""The settings of a worker that a test starts: a real one, whose mail is counted."""

import os

from training.settings.development import *  # noqa: F403

EMAIL_BACKEND = "tests.members.mail_servers.Counting"
if port := os.environ.get("SMTP_PORT"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(port)
