"""The settings of a worker that a test starts: a real one, whose mail is counted."""

from training.settings.development import *  # noqa: F403

EMAIL_BACKEND = "tests.members.mail_servers.Counting"
