"""Certificates' place in the administration."""

from wagtail import hooks

from certificates.viewsets import CertificateViewSet


@hooks.register("register_admin_viewset")
def certificates_in_the_administration() -> CertificateViewSet:
    return CertificateViewSet("certificate_records", url_prefix="certificates")
