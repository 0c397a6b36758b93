"""What a checker types, and why an administrator revokes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate


class CheckForm(forms.Form):
    """A code and a surname, as printed. Spaces, dashes, case and accents do not matter."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=40,
        help_text=_("On the certificate, for example CDFG-HJKM-NP"),
        error_messages={"required": _("Enter the code that is printed on the certificate.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    surname = forms.CharField(
        label=_("Surname of the holder"),
        max_length=100,
        help_text=_("As it is written on the certificate."),
        error_messages={"required": _("Enter the surname of the person it was awarded to.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class RevokeForm(forms.Form):
    """Why a certificate is revoked: a list, so that nobody writes about a person here."""

    reason = forms.ChoiceField(
        label=_("Why does it no longer count?"),
        choices=Certificate.Reason,
        widget=forms.RadioSelect,
    )
