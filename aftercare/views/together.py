"""The referrals of a case on one page: one choice for each need, one consent, one press."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy

from aftercare.enums import ANSWER_WITHIN, Urgency
from aftercare.fitting import beds_in_words
from aftercare.forms.together import SendTogetherForm
from aftercare.models import Referral
from aftercare.provider_search import told_free
from aftercare.services.showing import digest_of, in_words, shown_to_provider
from aftercare.services.together import send_together
from casework.services.cases import require_not_closed
from casework.views import RecordVerb
from victims.in_words import state_of
from victims.recipients import names

if TYPE_CHECKING:
    from uuid import UUID

    from aftercare.fitting import Line
    from aftercare.models import Provider

RECEIPT_FOR = timedelta(minutes=10)  # what one press sent, it sent within these


class SendTogether(RecordVerb):
    """Every draft of a case. What was sent stands above what is left, as the receipt."""

    service, form_class, part = send_together, SendTogetherForm, "care"
    template_name = "aftercare/send_together.html"
    title = gettext_lazy("Send the referrals")
    button = gettext_lazy("Send what is drafted, together")
    submit_label = gettext_lazy("Send")

    def get_form(self, form_class: object = None) -> Any:
        form = super().get_form(form_class)
        require_not_closed(self.case)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        form = kwargs.pop("form", None) or self.get_form()
        context = {"lines": self._lines(form), "people": self._people(form), "sent": self._sent()}
        return super().get_context_data(form=form, **context, **kwargs)

    def act(self, form: Any) -> str:
        sent = send_together(self.case, actor=self.actor, **form.facts())
        first = min(referral.sent_at for referral in sent if referral.sent_at)
        here = reverse("aftercare:send-together", args=[self.case.pk])
        return f"{here}?{urlencode({'sent': first.isoformat()})}"

    def _lines(self, form: SendTogetherForm) -> list[dict[str, object]]:
        ticked = _values(form, "sends")
        houses = {house.pk: house for line in form.lines for house in line.fit}
        free = told_free(houses.values(), self.actor)
        beds = {str(pk): beds_in_words(there) for pk, (there, _ask) in free.items()}
        return [self._line(form, line, ticked, houses, beds) for line in form.lines]

    def _line(
        self,
        form: Any,
        line: Line,
        ticked: set[str],
        houses: dict[UUID, Provider],
        beds: dict[str, str],
    ) -> dict[str, object]:
        chosen = form[line.key].value() or ""
        places = {str(pk): str(house.jurisdiction) for pk, house in houses.items()}
        return {
            "key": line.key,
            "label": line.label,
            "drafts": [_draft(draft, str(draft.pk) in ticked) for draft in line.drafts],
            "offered": [
                {
                    "value": value,
                    "label": label,
                    "checked": value == chosen,
                    "place": places.get(value, ""),
                    "beds": beds.get(value, "") if line.need == "safe_place" else "",
                }
                for value, label in form.fields[line.key].choices
            ],
            "fits": bool(line.fit),
            "unfit": [
                {"name": house.name, "url": house.get_absolute_url(), "why": ". ".join(reasons)}
                for house, reasons in line.unfit
            ],
        }

    def _people(self, form: SendTogetherForm) -> list[dict[str, object]]:
        """Of whom a consent is asked, and what each said till now."""
        agreed, again = _values(form, "agreed"), _values(form, "asked_again")
        rows = [row for value in form.said.values() for row in value]
        called, today = names(rows, self.actor), self.case.jurisdiction.today
        return [
            {
                "value": key,
                "code": person.code,
                "label": person.victim.in_words,
                "no": form.said_no(key),
                "checked": key in (again if form.said_no(key) else agreed),
                "child": key in form.children,
                "said": [
                    (called[row.recipient_kind, row.recipient_id], *state_of(row, today))
                    for row in form.said.get(person.pk, ())
                ],
            }
            for key, person in form.people.items()
        ]

    def _sent(self) -> list[dict[str, object]]:
        """The receipt of the press a moment ago; for an odd address there is none."""
        try:
            since = parse_datetime(self.request.GET.get("sent", ""))
        except ValueError:
            since = None
        if since is None or timezone.is_naive(since):
            return []
        rows = Referral.objects.visible_to(self.actor).filter(
            case=self.case, sent_at__gte=since, sent_at__lt=since + RECEIPT_FOR
        )
        referrals = rows.select_related("involvement", "provider").order_by("sent_at", "pk")
        clock = self.case.jurisdiction.clock
        return [
            {
                "code": referral.involvement.code,
                "need": referral.get_need_display(),
                "provider": referral.provider,
                "answer_by": clock(referral.sent_at + ANSWER_WITHIN[Urgency(referral.urgency)]),
            }
            for referral in referrals
        ]


def _values(form: SendTogetherForm, name: str) -> set[str]:
    return set(form[name].value() or ()) if name in form.fields else set()


def _draft(draft: Referral, ticked: bool) -> dict[str, object]:
    facts = shown_to_provider(draft)
    return {
        "id": str(draft.pk),
        "code": draft.involvement.code,
        "label": draft.involvement.victim.in_words,
        "ticked": ticked,
        "shown": in_words(facts),
        "digest": digest_of(facts),
    }
