from django.apps import AppConfig


class WebinarsConfig(AppConfig):
    name = "webinars"

    def ready(self) -> None:
        from webinars import feedback_subject  # noqa: PLC0415 (models are there now)

        feedback_subject.connect()
