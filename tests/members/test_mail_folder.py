"""Mail kept as files."""

from __future__ import annotations

from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest
from django.core.mail import EmailMessage, send_mail

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "members.mail_folder.MailFolder"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


def send(body: str, message_id: str) -> None:
    EmailMessage("Hello", body, to=["a@example.org"], headers={"Message-ID": message_id}).send()


def test_one_file_for_each_mail_and_nothing_beside(folder: Path) -> None:
    send("one", "<1@example.org>")
    send("two", "<2@example.org>")
    assert sorted(path.name for path in folder.iterdir()) == ["1.eml", "2.eml"]
    kept = message_from_bytes((folder / "1.eml").read_bytes())
    assert (kept["To"], kept.get_payload()) == ("a@example.org", "one")


def test_a_second_delivery_replaces_the_first(folder: Path) -> None:
    send("one", "<1@example.org>")
    send("one again", "<1@example.org>")
    (only,) = folder.iterdir()
    assert "one again" in only.read_text()


def test_a_message_id_cannot_leave_the_folder(folder: Path) -> None:
    send("one", "<../../../etc/passwd@example.org>")
    assert len(list(folder.glob("*.eml"))) == 1


def test_mail_of_other_senders_is_kept_too(folder: Path) -> None:
    assert send_mail("Your code", "123", None, ["a@example.org"]) == 1
    assert len(list(folder.glob("*.eml"))) == 1
