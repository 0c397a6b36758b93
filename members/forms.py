"""allauth's forms in our words: labels above the boxes, hints, nothing greyed inside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from allauth.account import forms as allauth

if TYPE_CHECKING:
    from typing import Any

EMAIL = "E-mail address"
PASSWORD_HINT = "At least 12 characters. Three words that have nothing to do with each other work."  # noqa: S105


class InOurWords:
    """Takes the placeholders out and puts the labels and hints of the class in."""

    labels: ClassVar[dict[str, str]] = {}
    hints: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class RequestCode(InOurWords, allauth.RequestLoginCodeForm):
    labels = {"email": EMAIL}
    hints = {"email": "The address the organisation writes to you at."}


class ConfirmCode(InOurWords, allauth.ConfirmLoginCodeForm):
    labels = {"code": "Your code"}
    hints = {"code": "Eight letters. You can paste it; capitals and dashes do not matter."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}


class PasswordSignIn(InOurWords, allauth.LoginForm):
    labels = {"login": EMAIL, "password": "Password"}


class ForgottenPassword(InOurWords, allauth.ResetPasswordForm):
    labels = {"email": EMAIL}


class NewPassword(InOurWords, allauth.ResetPasswordKeyForm):
    labels = {"password1": "New password", "password2": "The new password again"}
    hints = {"password1": PASSWORD_HINT}


class FirstPassword(InOurWords, allauth.SetPasswordForm):
    labels = NewPassword.labels
    hints = NewPassword.hints


class ChangePassword(InOurWords, allauth.ChangePasswordForm):
    labels = NewPassword.labels | {"oldpassword": "Your password now"}
    hints = NewPassword.hints
