"""The settings of a web server that a test starts: a real one that knows the tests' sessions."""

from tests.members.worker_settings import *  # noqa: F403

SECRET_KEY = "for-tests-only"
