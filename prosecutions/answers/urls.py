"""Pages by which prosecutors from outside tell and ask, and the team decides."""

from django.utils.translation import gettext_lazy as _

from prosecutions.answers.forms import AnswerForm
from prosecutions.answers.services import accept_answer, refuse_answer, send_answer
from prosecutions.warned import page

urlpatterns = [
    page(
        send_answer,
        "prosecutions/<uuid:pk>/answers/new/",
        form_class=AnswerForm,
        from_outside=True,
        submit_label=_("Send it to the team"),
    ),
    page(
        accept_answer,
        "answers/<uuid:pk>/accept/",
        template_name="prosecutions/accept_form.html",
        button=_("Accept"),
        submit_label=_("Accept and record it"),
    ),
    page(
        refuse_answer,
        "answers/<uuid:pk>/refuse/",
        button=_("Refuse"),
        submit_label=_("Refuse it"),
    ),
]
