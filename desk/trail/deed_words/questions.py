"""What is done with an organisation's own questions, and with the answers."""

from django.utils.translation import gettext_lazy

ACTIONS = {
    "questions.begun": gettext_lazy("Added a set of questions"),
    "questions.changed": gettext_lazy("Changed a set of questions"),
    "questions.published": gettext_lazy("Published a set of questions"),
    "questions.retired": gettext_lazy("Ended asking a set of questions"),
    "questions.renewed": gettext_lazy("Began a new edition of a set of questions"),
    "reply.written": gettext_lazy("Answered a set of questions"),
    "reply.corrected": gettext_lazy("Corrected answers to a set of questions"),
    "reply.opened": gettext_lazy("Read answers to a set of questions"),
}
RECORDS = {
    "questions.QuestionSet": gettext_lazy("Set of questions"),
    "questions.Reply": gettext_lazy("Answers to a set of questions"),
    "questions.ReplyWords": gettext_lazy("Answers to a set of questions"),
}
