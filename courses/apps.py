from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        from courses import feedback_subject, practice, receivers  # noqa: F401, PLC0415 (connects)

        feedback_subject.connect()
        practice.connect()
