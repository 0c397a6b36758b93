"""Compliance's place in the administration."""

from wagtail import hooks

from compliance.viewsets import ComplianceGroup


@hooks.register("register_admin_viewset")
def compliance_in_the_administration() -> ComplianceGroup:
    return ComplianceGroup()
