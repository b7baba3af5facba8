"""The stages of proceedings of a country from a day on: proposed here, confirmed as all law is.

The day of the filing chooses the version (`prosecutions/stages.py`). A version says which stages
there are, in which order, by which names; what a stage means is fixed, since reports ask by it.
None leaves out a stage that a proceeding under it has on record already, whoever may see that.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Annotated, Any, TypedDict, Unpack

from django.db import connection
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy

from accounts.models import ChangeOutcome, User
from accounts.permissions import Perm
from casework.enums import CaseStatus
from core.contradictions import among
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column
from places.models import Jurisdiction
from prosecutions.contradictions.stages import courts_of
from prosecutions.enums import LawKind, StageMeaning
from prosecutions.law_contents import Content
from prosecutions.models import LawVersion, Prosecution, StageReached
from prosecutions.services.laws import Checked, Source, check_country, propose
from prosecutions.stages import (
    APPEALED,
    COURSE,
    FILING,
    TRIAL,
    Stage,
    StageTable,
    hold_alone,
    supposing,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django_stubs_ext import StrOrPromise

LONGEST, MOST = 60, 99
Terms = dict[str, list[dict[str, str]]]
FiledFrom = Annotated[
    date,
    Column(ahead=True, needed=True, label=gettext_lazy("For proceedings filed from")),
]


def _meaning(means: str) -> list[str]:
    return [code for code, stage in StageTable.known().items() if stage.means == means]


# Reports and other records ask for one of each.
NEEDED: tuple[Sequence[str], ...] = (
    (FILING,),
    *map(_meaning, (StageMeaning.FRAMED, StageMeaning.TRIAL, StageMeaning.JUDGMENT)),
    (APPEALED,),
    _meaning(StageMeaning.CLOSED),
)


class StageOrder(TypedDict, total=False):
    """For each stage that ships its place in the order, and its name: `*_place`, `*_name`. One
    without a place there is not; one without a name has the words that ship."""


def _box(stage: Stage, part: StrOrPromise, **more: Any) -> Column:
    label = format_lazy("{}: {}", gettext_lazy(stage.label), part)
    return Column(null=True, blank=True, label=label, **more)


for _code, _stage in StageTable.known().items():
    _place = _box(_stage, gettext_lazy("number in the order"), least=1, most=MOST)
    _name = _box(_stage, gettext_lazy("own name"), length=LONGEST)
    StageOrder.__annotations__[f"{_code}_place"] = Annotated[int | None, _place]
    StageOrder.__annotations__[f"{_code}_name"] = Annotated[str | None, _name]


@service(Perm.LAW_PROPOSE, fresh=True, label=gettext_lazy("Propose stages"))
def propose_stages(
    *,
    country: Jurisdiction,
    begins_on: FiledFrom,
    source: Source,
    verified: Checked = False,
    actor: User,
    **of: Unpack[StageOrder],
) -> LawVersion:
    """Propose the stages of proceedings filed from a day on, in their order. They hold when a
    second person has confirmed them."""
    check_country(country)
    terms = _terms(country, of)
    _check_later(country, begins_on)
    _check_on_record(country, begins_on, terms)
    return propose(
        LawVersion(
            kind=LawKind.STAGES,
            country=country,
            begins_on=begins_on,
            terms=terms,
            source=source,
            verified=verified,
            proposed_by=actor,
        )
    )


def _terms(country: Jurisdiction, given: Mapping[str, Any]) -> Terms:
    known = StageTable.known(country.code)
    places: dict[str, Any] = {code: given.get(f"{code}_place") for code in known}
    names = {code: (given.get(f"{code}_name") or "").strip() for code in known}
    for code, name in names.items():
        if not name.isprintable():
            raise Refused(_("Say what it is, in one line."), f"{code}_name")
        if name and places[code] is None:
            words = _("Give this stage a number, or leave its name empty.")
            raise Refused(words, f"{code}_name")
    there = sorted(filter(places.get, known), key=lambda code: places[code])
    terms = {"stages": [{"code": code, "name": names[code]} for code in there]}
    stages = StageTable.said(country.code, terms).stages
    _check_names(stages)
    _check_places(stages, places)
    _check_whole(stages)
    return terms


def _check_names(stages: Mapping[str, Stage]) -> None:
    names: set[str] = set()
    for code, stage in stages.items():
        if stage.words.casefold() in names:
            raise Refused(_("Another stage has this name."), f"{code}_name")
        names.add(stage.words.casefold())


def _check_places(stages: Mapping[str, Stage], places: Mapping[str, int]) -> None:
    """A proceeding goes from the filing to its end: by what they mean none goes back."""
    for before, stage in pairwise(stages.values()):
        if places[before.code] == places[stage.code]:
            words = _("Another stage has this number. Give each its own.")
            raise Refused(words, f"{stage.code}_place")
        if _part(stage) < _part(before):
            words = _("By what it means, this stage cannot come after “%(before)s”.")
            raise Refused(words % {"before": before.words}, f"{stage.code}_place")


def _part(stage: Stage) -> tuple[int, bool]:
    """Where in a proceeding its meaning lies; the filing, and the appeal of which there is a
    record, come before others of their meaning."""
    means = StageMeaning.TRIAL if stage.means in TRIAL else StageMeaning(stage.means)
    return list(COURSE).index(means), stage.code not in (FILING, APPEALED)


def _check_whole(stages: Mapping[str, Stage]) -> None:
    for codes in NEEDED:
        if not any(code in stages for code in codes):
            words = _("Reports and other records need this stage. Give it a number.")
            raise Refused(words, f"{codes[0]}_place")
    framed = [code for code, stage in stages.items() if stage.means == StageMeaning.FRAMED]
    for code in framed[1:]:
        words = _("There is one such stage already. Leave the number of one of them empty.")
        raise Refused(words, f"{code}_place")


def _check_later(country: Jurisdiction, begins_on: date) -> None:
    """What was confirmed is followed, and never gone back behind."""
    confirmed = LawVersion.objects.filter(kind=LawKind.STAGES, outcome=ChangeOutcome.CONFIRMED)
    if confirmed.filter(country=country, begins_on__gte=begins_on).exists():
        words = _("Stages of this country are in force from that day or later.")
        raise Refused(words, "begins_on")


def _check_on_record(country: Jurisdiction, begins_on: date, terms: Terms) -> None:
    """Of proceedings that the person may not see as well: whether there is one, and no more."""
    codes = [row["code"] for row in terms["stages"]]
    with connection.cursor() as cursor:
        cursor.execute("select stage_outside(%s, %s, %s)", [country.code, begins_on, codes])
        (outside,) = cursor.fetchone()
    if outside:
        words = _(
            "A proceeding filed there since that day has a stage that is not among these. Keep the "
            "stage, or choose a later day."
        )
        raise Refused(words, "begins_on")


def _words(law: LawVersion) -> str:
    day = date_format(law.first_day, "j M Y")
    return gettext("Stages of proceedings filed from %(day)s") % {"day": day}


def _lines(law: LawVersion) -> list[tuple[StrOrPromise, object]]:
    """In their order, under what they mean."""
    stages = StageTable.said(law.country.code, law.terms).stages.values()
    return [
        (gettext("For proceedings filed from"), date_format(law.first_day, "j M Y")),
        *(
            (StageMeaning(means).label, "; ".join(stage.words for stage in group))
            for means, group in groupby(stages, lambda stage: stage.means)
        ),
    ]


def _carry_out(law: LawVersion) -> None:
    """Others may have been confirmed since it was proposed, and stages recorded; none is
    meanwhile."""
    hold_alone()
    _check_later(law.country, law.first_day)
    _check_on_record(law.country, law.first_day, law.terms)


def _changed(law: LawVersion, reader: User) -> list[Prosecution]:
    """Proceedings whose stages would be called otherwise, or may go on otherwise."""
    rows = Prosecution.objects.visible_to(reader).filter(
        courts_of(law.country.code, ""), filed_on__gte=law.begins_on
    )
    rows = rows.exclude(case__status=CaseStatus.CLOSED).order_by("-filed_on", "pk")
    rows = rows.with_stage().select_related("case", "jurisdiction").prefetch_related("stages")
    before = [_shown(row) for row in rows]
    with supposing(law.country.code, law.first_day, law.terms):
        return [row for row, words in zip(rows, before, strict=True) if _shown(row) != words]


def _shown(row: Any) -> tuple[list[str], list[str]]:
    table = StageTable.of(row)
    reached = [table.words_of(step.stage) for step in row.stages.all()]
    return reached, [stage.words for stage in table.offered(row.stage or "")]


def _counted(law: LawVersion, reader: User) -> int:
    """Stages that would contradict no more: by meaning they count as before."""
    rows = StageReached.objects.countable_by(reader).filter(
        courts_of(law.country.code), prosecution__filed_on__gte=law.begins_on
    )
    before = {(pk, rule.code) for pk, rule in among(rows)}
    with supposing(law.country.code, law.first_day, law.terms):
        return len(before ^ {(pk, rule.code) for pk, rule in among(rows)})


CONTENT = Content(_words, _lines, _carry_out, _changed, _counted)
