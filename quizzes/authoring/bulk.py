"""What can be done to many questions of the bank at once, each by those who may do it to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.utils.functional import cached_property
from wagtail.admin.widgets import AdminDateInput
from wagtail.snippets.bulk_actions import DeleteBulkAction
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from members.dates import today
from quizzes.authoring.changes import add_to_quiz, change, publish, unpublish
from quizzes.authoring.filters import TOPICS, QuestionFilters, TopicField, saying, the_bank
from quizzes.authoring.keeping import why_kept
from quizzes.authoring.law import warn_of_law
from quizzes.models import Question, Quiz

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from members.http import MemberRequest

PAST = "Give a day to come."
DRAFTS = " What you may not publish is saved as a draft for a reviewer."


class Narrowed:
    """“All in the listing” means what the list was narrowed to, not the whole bank."""

    request: MemberRequest

    def get_all_objects_in_listing_query(self, _: object) -> Iterable[int]:
        filters = QuestionFilters(self.request.GET, queryset=the_bank(), request=self.request)
        found = filters.qs.filter(saying(self.request.GET.get("q", "")))
        return [question.pk for question in found]


class QuestionAction(Narrowed, SnippetBulkAction):
    """An act on the chosen questions, told and confirmed on a page of its own."""

    models = [Question]
    template_name = "quizzes/admin/bulk.html"
    permission = "quizzes.change_question"
    lede = ""
    button = ""

    def check_perm(self, question: Question) -> bool:
        return bool(self.request.user.has_perm(self.permission))

    @classmethod
    def execute_action(cls, objects: list[Question], **kwargs: Any) -> tuple[int, int]:
        return kwargs["self"].carry_out(objects), 0

    def carry_out(self, questions: list[Question]) -> int:
        """Do it; return to how many it was done."""
        raise NotImplementedError

    def refuse(self, refused: dict[Question, list[str]]) -> int:
        """Say what was not done, and why; return to how many."""
        for question, reasons in refused.items():
            messages.warning(self.request, f"{question.reference}: {' '.join(reasons)}")
        return len(refused)

    def get_success_message(self, done: int, _: int) -> str | None:
        return f"{done} question{'' if done == 1 else 's'} {self.told}." if done else None


class Publish(QuestionAction):
    display_name, action_type, action_priority = "Publish", "publish", 10
    aria_label = "Publish the chosen questions"
    permission = "quizzes.publish_question"
    lede = "The latest version of each is published. What is not whole stays a draft."
    button, told = "Publish them", "published"

    def carry_out(self, questions: list[Question]) -> int:
        refused = publish(questions=questions, by=self.request.user)
        for question in questions:
            if question not in refused:
                warn_of_law(self.request, question)
        return len(questions) - self.refuse(refused)


class Unpublish(QuestionAction):
    display_name, action_type, action_priority = "Unpublish", "unpublish", 20
    aria_label = "Unpublish the chosen questions"
    permission = "quizzes.publish_question"
    lede = "No quiz asks them any more. People who have been asked keep their results."
    button, told = "Unpublish them", "unpublished"

    def carry_out(self, questions: list[Question]) -> int:
        unpublish(questions=questions, by=self.request.user)
        return len(questions)


class Change(QuestionAction):
    """Sets the same fields of all of them."""

    def carry_out(self, questions: list[Question]) -> int:
        may_publish = self.request.user.has_perm("quizzes.publish_question")
        said = {name: value for name, value in self.cleaned_form.cleaned_data.items() if value}
        by = self.request.user
        refused = change(questions=questions, by=by, publishes=may_publish, **said)
        return len(questions) - self.refuse(refused)


class TopicForm(forms.Form):
    category = TopicField(queryset=TOPICS, label="Category", empty_label=None)


class Move(Change):
    display_name, action_type, action_priority = "Move to a category", "move", 30
    aria_label = "Move the chosen questions to a category"
    form_class = TopicForm
    lede = "Choose what they are about." + DRAFTS
    button, told = "Move them", "moved"


class ReviewForm(forms.Form):
    review_by = forms.DateField(
        label="Check the law again by", widget=AdminDateInput, help_text="A day to come."
    )
    law_as_at = forms.DateField(
        label="True on",
        widget=AdminDateInput,
        required=False,
        help_text="The day you checked the law of all of them. Leave it empty to keep theirs.",
    )

    def clean_review_by(self) -> object:
        day = self.cleaned_data["review_by"]
        if day < today():
            raise forms.ValidationError(PAST)
        return day


class SetReview(Change):
    display_name, action_type, action_priority = "Set review date", "review", 40
    aria_label = "Set the review date of the chosen questions"
    form_class = ReviewForm
    lede = "Say when somebody must check their law again." + DRAFTS
    button, told = "Set the date", "given a new review date"


class QuizField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Quiz) -> str:
        return f"{obj} ({obj.slug})"  # many quizzes have the same title


class QuizForm(forms.Form):
    quiz = QuizField(Quiz.objects.order_by("title", "slug"), empty_label=None)


class AddToQuiz(QuestionAction):
    display_name, action_type, action_priority = "Add to a quiz", "add_to_quiz", 50
    aria_label = "Add the chosen questions to a quiz"
    permission = "quizzes.change_quiz"
    form_class = QuizForm
    lede = "They go into the draft of the quiz. People meet them once the quiz is published."
    button = "Add them"

    def carry_out(self, questions: list[Question]) -> int:
        quiz = self.cleaned_form.cleaned_data["quiz"]
        self.told = f"added to the draft of “{quiz}”"
        new = add_to_quiz(questions=questions, quiz=quiz, by=self.request.user)
        if len(new) < len(questions):
            there = len(questions) - len(new)
            messages.info(self.request, f"{there} of them {'was' if there == 1 else 'were'} there.")
        return len(new)


class DeleteUnused(Narrowed, DeleteBulkAction):
    """Deletes what was never asked and is in no quiz; the rest is shown with the reason."""

    models = [Question]
    template_name = "quizzes/admin/bulk_delete.html"
    action_priority = 60

    @cached_property
    def _actionable_objects(self) -> tuple[list[Question], dict[str, Any]]:
        questions, others = super(DeleteBulkAction, self).get_actionable_objects()
        kept = why_kept(questions)
        others["kept"] = [(one, kept[one.pk]) for one in questions if one.pk in kept]
        return [one for one in questions if one.pk not in kept], others


ACTIONS = [Publish, Unpublish, Move, SetReview, AddToQuiz, DeleteUnused]
