from django.urls import path
from django.utils.translation import gettext_lazy as _

from questions import forms
from questions.services.sets import (
    begin_question_set,
    change_question_set,
    publish_question_set,
    renew_question_set,
    retire_question_set,
)
from questions.views import (
    AnswerQuestions,
    CorrectAnswers,
    DropQuestion,
    OneSet,
    ReadReply,
    Sets,
    WriteQuestion,
    page,
)

app_name = "questions"
urlpatterns = [
    path("question-sets/", Sets.as_view(), name="sets"),
    page(begin_question_set, "question-sets/new/", name="new-set", form_class=forms.BeginForm),
    path("question-sets/<uuid:pk>/", OneSet.as_view(), name="set"),
    page(
        change_question_set,
        "question-sets/<uuid:pk>/change/",
        name="change-set",
        form_class=forms.ChangeForm,
    ),
    path("question-sets/<uuid:pk>/question/", WriteQuestion.as_view(), name="write-question"),
    path("question-sets/<uuid:pk>/take-away/", DropQuestion.as_view(), name="drop-question"),
    page(
        publish_question_set,
        "question-sets/<uuid:pk>/publish/",
        name="publish-set",
        submit_label=_("Publish"),
    ),
    page(
        retire_question_set,
        "question-sets/<uuid:pk>/retire/",
        name="retire-set",
        submit_label=_("Ask it no longer"),
    ),
    page(
        renew_question_set,
        "question-sets/<uuid:pk>/renew/",
        name="renew-set",
        submit_label=_("Begin"),
    ),
    path("cases/<uuid:pk>/answer/", AnswerQuestions.as_view(), name="answer"),
    path("replies/<uuid:pk>/correct/", CorrectAnswers.as_view(), name="correct"),
    path("replies/<uuid:pk>/", ReadReply.as_view(), name="reply"),
]
