"""The site's addresses."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from courses.serving import serve
from members.admin_accounts import profile
from members.declining import declined_mail
from members.mailbox import letter, mailbox
from training import meeting, my_training, views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("brand.css", views.brand_css, name="brand_css"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("my-training/", my_training.page, name="my_training"),
    path("my-training/record.csv", my_training.download, name="my_record"),
    path("mail/", mailbox, name="mailbox"),
    path("mail/<int:pk>/", letter, name="mail"),
    path("mail/choice/<str:token>/", declined_mail, name="declined_mail"),
    path("cms/account/", profile, name="wagtailadmin_account"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("allauth.account.urls")),
    path("members/", include("members.urls")),
    path("", include("certificates.urls")),
    path("", include("support.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),  # in development only
    path("quizzes/", include("quizzes.urls")),
    path("sessions/", include("webinars.urls")),
    path("feedback/", include("feedback.urls")),
    path("learn/", include("courses.urls")),
    path("compliance/<str:code>/paper.pdf", meeting.people, name="compliance_paper"),
    path(
        "compliance/<str:code>/returns/<str:quarter>/<int:number>/return.pdf",
        meeting.signed_return,
        name="compliance_return_paper",
    ),
    path("compliance/", include("compliance.urls")),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
