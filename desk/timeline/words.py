"""What the timeline says of a row, from the facts of it (`desk/timeline/stream.py`)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aftercare.codes import Payer, Tranche
from aftercare.enums import PlacementKind, ServiceKind
from casework.enums import Answer
from casework.inquiry_codes import LeadEnd, LeadSource, Media, StepKind, StepResult
from casework.paper_codes import CustodyStep, DocumentKind
from places.naming import named
from prosecutions.enums import (
    Adjournment,
    Direction,
    Disposition,
    HearingPurpose,
    HearingResult,
    Instance,
    Measure,
    MeasureAnswer,
    RequestKind,
    TakingPart,
)
from prosecutions.sentencing import term_in_words
from prosecutions.stages import StageTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    Facts = dict[str, Any]


def labelled(words: StrOrPromise, choices: Any, column: str) -> Callable[[Facts], str]:
    """Words with what a code of the row means: “Plea: Not guilty”."""
    return lambda facts: f"{words}: {choices(facts[column]).label}"


def where(facts: Facts) -> str:
    """The line below the title: the provision, the court or office, the place."""
    law = " ".join(filter(None, (facts.get("statute"), facts.get("provision"))))
    code, at = facts.get("place_code"), facts.get("place")
    words = facts | {"place": named(code, at)} if code and at else facts
    names = ("court", "agency", "provider", "place", "complaint")
    return ", ".join(filter(None, (law, *(words.get(name) for name in names))))


def complaint(facts: Facts) -> str:
    return _("Complaint %(number)s") % facts


def prosecution(facts: Facts) -> str:
    return (_("Prosecution filed %(docket)s") % facts).strip()


def stage(facts: Facts) -> str:
    table = StageTable.at(facts["place_code"], date.fromisoformat(facts["filed_on"]))
    words = table.words_of(facts["stage"])
    return _("Stage reached: %(stage)s") % {"stage": words}


def hearing(facts: Facts) -> str:
    if facts["result"]:
        result = str(HearingResult(facts["result"]).label)
    else:
        result = _("no result recorded") if facts["is_over"] else _("listed")
    if facts["adjourned_for"]:
        result += f", {Adjournment(facts['adjourned_for']).label}"
    purpose = HearingPurpose(facts["purpose"]).label
    return _("Hearing, %(purpose)s: %(result)s") % {"purpose": purpose, "result": result}


def judgment(facts: Facts) -> str:
    on_appeal = facts["instance"] == Instance.APPEAL
    title = _("Judgment on appeal") if on_appeal else _("Judgment")
    ends = Counter(facts["ends"] or ())
    outcomes = ", ".join(f"{Disposition(end).label} ({n})" for end, n in sorted(ends.items()))
    return f"{title}: {outcomes}" if outcomes else title


def sentence(facts: Facts) -> str:
    months = facts["months"]
    parts = [
        _("imprisonment for life") if facts["life"] else "",
        term_in_words(months) if months is not None else "",
        _("suspended") if facts["suspended"] else "",
    ]
    title = _("Sentence, lifted since") if facts["lifted"] else _("Sentence")
    return ": ".join(filter(None, (title, ", ".join(filter(None, parts)))))


def payment(facts: Facts) -> str:
    return _("Compensation paid: %(currency)s %(amount)s") % facts


def request(facts: Facts) -> str:
    words = _("Asked of others") if facts["direction"] == Direction.TO else _("Asked by others")
    return f"{words}: {RequestKind(facts['kind']).label}"


def rescue(facts: Facts) -> str:
    """None: not open to the reader."""
    people, arrests, parts = facts["people"], facts["arrests"], []
    if people is not None:
        out = ngettext("%(n)s person brought out", "%(n)s people brought out", people)
        parts.append(out % {"n": people})
    if arrests is not None:
        parts.append(ngettext("%(n)s arrest", "%(n)s arrests", arrests) % {"n": arrests})
    return ": ".join(filter(None, (_("Rescue operation"), ", ".join(parts))))


def part(facts: Facts) -> str:
    return str(TakingPart(facts["kind"]).label)


def protection(facts: Facts) -> str:
    return f"{Measure(facts['kind']).label}: {MeasureAnswer(facts['answer']).label}"


def service(facts: Facts) -> str:
    return str(ServiceKind(facts["kind"]).label)


def scheme_payment(facts: Facts) -> str:
    words = {
        "tranche": Tranche(facts["tranche"]).label,
        "payer": Payer(facts["payer"]).label,
        "amount": f"{facts['currency']} {facts['amount']}",
    }
    return _("%(tranche)s paid by the %(payer)s: %(amount)s") % words


def placement(facts: Facts) -> str:
    return _("Placed: %(kind)s") % {"kind": PlacementKind(facts["kind"]).label}


def follow_up(facts: Facts) -> str:
    title = _("After %(months)s months") % facts
    if facts["contact_lost"]:
        return f"{title}: {_('contact lost')}"
    return f"{title}: {_('safe')}, {Answer(facts['safe']).label}"


CUSTODY = {
    CustodyStep.RECEIVED: gettext_lazy("received from somebody"),
    CustodyStep.HANDED: gettext_lazy("handed over"),
    CustodyStep.RETURNED: gettext_lazy("returned"),
    CustodyStep.VERIFIED: gettext_lazy("verified"),
    CustodyStep.DESTROYED: gettext_lazy("destroyed by order"),
}


def document(facts: Facts) -> str:
    words = {"code": facts["code"], "kind": DocumentKind(facts["kind"]).label}
    return _("Document %(code)s received: %(kind)s") % words


def newer_version(facts: Facts) -> str:
    return _("Document %(code)s, version %(number)s") % facts


def custody(facts: Facts) -> str:
    """Who it was stands below, where it is an agency; a person’s name is not told here."""
    words = {"code": facts["code"], "step": CUSTODY[facts["step"]]}
    return _("Document %(code)s %(step)s") % words


def site_closed(facts: Facts) -> str:
    return _("Site %(code)s closed") % facts


def site_open_again(facts: Facts) -> str:
    return _("Site %(code)s open again") % facts


def lead(facts: Facts) -> str:
    source = LeadSource(facts["source"]).label
    return _("Lead %(code)s: %(source)s") % {"code": facts["code"], "source": source}


def lead_end(facts: Facts) -> str:
    ended = LeadEnd(facts["ended"]).label
    return _("What became of lead %(code)s: %(end)s") % {"code": facts["code"], "end": ended}


def step(facts: Facts) -> str:
    result = StepResult(facts["result"]).label
    return f"{facts['code']}, {StepKind(facts['kind']).label}: {result}"


def step_planned(facts: Facts) -> str:
    kind = StepKind(facts["kind"]).label
    return _("Planned step %(code)s: %(kind)s") % {"code": facts["code"], "kind": kind}


def incident(facts: Facts) -> str:
    media = Media(facts["media"]).label
    return _("Abuse online %(code)s: %(media)s") % {"code": facts["code"], "media": media}
