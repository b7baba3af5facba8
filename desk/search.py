"""One box: references, numbers, offenders, sites, networks, survivors, as far as one may see them.

Every kind is asked for whoever asks, and each begins with `visible_to`: what lies outside can
change neither an answer, nor a count, nor an error. At most ten of a kind; more are said, not
counted.

What is typed may be a survivor's name, and addresses are kept by browsers, proxies and logs: so
the box posts, and what was typed is kept nowhere. What is too short, too long or odd is refused by
the text alone, before anything is read. Names are found by letters of their Latin form in groups
of three (0.45 alike or more) or by the consonants heard (0.6 or more): many scripts write no short
vowels. Of the invented pairs of `tests/desk/name_pairs.json` 96 of 104 questions find their name,
by groups of letters alone 47.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q, TextChoices
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from accounts.permissions import Perm
from casework import case_pages
from casework.models import Case, Document, Lead, Site
from core.days import clock
from core.days.moments import EARLIEST
from core.names import NotAName, check_question
from core.refusals import gettext as _
from core.services import Refused
from prosecutions.models import Complaint, NetworkMember, Prosecution, Suspect
from prosecutions.persons import persons_found
from prosecutions.similar_names import sounding_like
from victims.services.identities import search_names

if TYPE_CHECKING:
    from accounts.models import User
    from victims.models import Involvement

MOST, MOST_PEOPLE = 10, 50
SPOKEN = re.compile(r"([A-Z]{2,4})[ /.-]*(?:((?:19|20)[0-9]{2})[ /.-]+)?([0-9]{1,5})")
# The number of a case with the police or a court, as it is spoken: FIR no. 2 of 2026.
NUMBERED = re.compile(
    r"(?:(?:F\.?I\.?R\.?|POLICE|CRIME|CASE|COMPLAINT|DOCKET)\s*)*(?:(?:NUMBER|NO|NR)\b\.?\s*)?"
    r"0*([0-9]{1,7})\s*(?:/|-|OF)\s*((?:19|20)[0-9]{2})"
)
SHORTEST, LONGEST = 2, 200
NOT_TYPED = {"Cc", "Cs", "Co", "Cn"}  # control signs, halves of signs, signs of nobody
# Marks of direction come along with what is copied; they are no part of it.
DIRECTION = dict.fromkeys([0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class Kind(TextChoices):
    CASE = "case", gettext_lazy("Cases")
    PROCEEDING = "proceeding", gettext_lazy("Proceedings")
    COMPLAINT = "complaint", gettext_lazy("Complaints")
    OFFENDER = "offender", gettext_lazy("Suspects and offenders")
    NETWORK = "network", gettext_lazy("Networks")
    SITE = "site", gettext_lazy("Sites")
    DOCUMENT = "document", gettext_lazy("Documents")
    SURVIVOR = "survivor", gettext_lazy("Survivors")
    LEAD = "lead", gettext_lazy("Leads")


@dataclass(frozen=True)
class Hit:
    """Something found: what it is called, a word about it, and the case where it stands."""

    id: Any
    label: str
    words: str
    case: Any
    reference: str
    url: str


@dataclass(frozen=True)
class Hits:
    """Those of one kind; `more` when others fit as well."""

    kind: Kind
    hits: list[Hit] = field(default_factory=list)
    more: bool = False


def question(text: str) -> str:
    """What is searched for: tidy, and refused in words where nothing can be meant."""
    if any(unicodedata.category(sign) in NOT_TYPED for sign in text if not sign.isspace()):
        raise Refused(_("This contains characters that are not letters. Type it again."))
    asked = " ".join(text.translate(DIRECTION).split())
    if len(asked) > LONGEST:
        raise Refused(_("Type at most %(count)s characters.") % {"count": LONGEST})
    if sum(sign.isalnum() for sign in asked) < SHORTEST:
        raise Refused(_("Type at least two letters or digits."))
    return asked


def find(asked: str, user: User) -> list[Hits]:
    """What fits, kind by kind, in a fixed number of statements."""
    return [
        _cases(asked, user),
        _proceedings(asked, user),
        _complaints(asked, user),
        _offenders(asked, user),
        _networks(asked, user),
        _sites(asked, user),
        _documents(asked, user),
        _survivors(asked, user),
        _leads(asked, user),
    ]


def _cases(asked: str, user: User) -> Hits:
    meant = Q(reference__startswith=asked.upper()) | Q(reference__in=_references(asked))
    rows = Case.objects.visible_to(user).filter(meant)
    rows = rows.select_related("jurisdiction").order_by("-opened_on", "-pk")
    return _hits(Kind.CASE, rows, lambda r: _hit(r, r, r.reference, r.get_status_display()))


def _references(asked: str) -> list[str]:
    """What a reference as it is spoken may mean: KOL 2026 147, or kol-147 of any year."""
    if not (spoken := SPOKEN.fullmatch(asked.upper())):
        return []
    office, year, number = spoken.groups()
    years = [int(year)] if year else range(EARLIEST.year, clock.today().year + 2)
    return [f"{office}-{of}-{int(number):04}" for of in years]


def _numbered(column: str, asked: str) -> Q:
    """What stands in the column as it was typed; of a number and its year, however it is said."""
    meant = Q(**{f"{column}__icontains": asked})
    if spoken := NUMBERED.fullmatch(asked.upper()):
        number, year = spoken.groups()
        written = rf"(^|[^0-9])0*{number} *(/|-|of) *{year}($|[^0-9])"
        meant |= Q(**{f"{column}__iregex": written})
    return meant


def _proceedings(asked: str, user: User) -> Hits:
    rows = Prosecution.objects.visible_to(user).filter(_numbered("docket", asked))
    rows = rows.select_related("case", "court", "jurisdiction").order_by("-filed_on", "pk")
    return _hits(
        Kind.PROCEEDING,
        rows,
        lambda r: _hit(r, r.case, r.docket, str(r.court or r.jurisdiction), "court"),
    )


def _complaints(asked: str, user: User) -> Hits:
    rows = Complaint.objects.visible_to(user).filter(_numbered("number", asked))
    rows = rows.select_related("case", "agency", "jurisdiction").order_by("-filed_on", "pk")
    return _hits(
        Kind.COMPLAINT,
        rows,
        lambda r: _hit(r, r.case, r.number, str(r.agency or r.jurisdiction), "court"),
    )


def _offenders(asked: str, user: User) -> Hits:
    """By name or other name, in any script; the parts they have in cases of this reader."""
    likest = sounding_like(asked, MOST_PEOPLE) if _has_letters(asked) else {}
    people = persons_found(likest, user)
    rows = Suspect.objects.visible_to(user).filter(perpetrator__any_of=list(people))
    rows = rows.select_related("case", "perpetrator").order_by("-case__opened_on", "pk")
    suspects = sorted(rows[: MOST_PEOPLE * 2], key=lambda r: -people[r.perpetrator_id])
    return _hits(
        Kind.OFFENDER,
        suspects,
        lambda r: _hit(
            r,
            r.case,
            r.perpetrator.name or r.code,
            f"{r.code}, {r.get_role_display()}",
            url=reverse("prosecutions:perpetrator", args=[r.perpetrator_id]),
        ),
    )


def _networks(asked: str, user: User) -> Hits:
    """A network by its code, at each of its members' cases that is open to the reader."""
    rows = NetworkMember.objects.visible_to(user).filter(network__code__startswith=asked.upper())
    rows = rows.select_related("case", "network").order_by("network__code", "case", "pk")
    return _hits(
        Kind.NETWORK,
        rows.distinct("network__code", "case"),
        lambda r: _hit(r.network, r.case, r.network.code, r.network.get_status_display()),
    )


def _sites(asked: str, user: User) -> Hits:
    rows = Site.objects.visible_to(user).filter(code=asked.upper())
    rows = rows.select_related("case").order_by("-case__opened_on", "pk")
    return _hits(
        Kind.SITE,
        rows,
        lambda r: Hit(
            *(r.pk, r.code, r.get_kind_display(), r.case_id, r.case.reference),
            url=r.get_absolute_url(),
        ),
    )


def _leads(asked: str, user: User) -> Hits:
    rows = Lead.objects.visible_to(user).filter(code=asked.upper())
    rows = rows.select_related("case").order_by("-case__opened_on", "pk")
    return _hits(
        Kind.LEAD, rows, lambda r: _hit(r, r.case, r.code, r.get_source_display(), "inquiry")
    )


def _documents(asked: str, user: User) -> Hits:
    """By its code; what a file is called is not searched."""
    rows = Document.objects.visible_to(user).filter(code=asked.upper())
    rows = rows.select_related("case").order_by("-case__opened_on", "pk")
    return _hits(
        Kind.DOCUMENT, rows, lambda r: _hit(r, r.case, r.code, r.get_kind_display(), "documents")
    )


def _survivors(asked: str, user: User) -> Hits:
    """By name, for those to whom names are open; what they typed is kept nowhere."""
    if not user.has_perm(Perm.IDENTITY_VIEW) or not _can_be_a_name(asked):
        return Hits(Kind.SURVIVOR)
    matches = search_names(asked, actor=user)
    hits = [_survivor(row, row.victim_id in matches.alike) for row in matches.people[:MOST]]
    return Hits(Kind.SURVIVOR, hits, more=matches.more or len(matches.people) > MOST)


def _survivor(row: Involvement, alike: bool) -> Hit:
    words = row.victim.in_words
    line = gettext("%(person)s; sounds alike") % {"person": words} if alike else words
    return _hit(row, row.case, row.code, line, url=reverse("desk:survivor", args=[row.pk]))


def _has_letters(asked: str) -> bool:
    """No number is a name, so names are not gone through for one."""
    return sum(sign.isalpha() for sign in asked) >= SHORTEST


def _can_be_a_name(asked: str) -> bool:
    if any(sign.isdigit() for sign in asked):  # of an offender it may be: a firm is called so
        return False
    try:
        check_question(asked)
    except NotAName:
        return False
    return True


def _hit(row: Any, case: Case, label: str, words: str, section: str = "", url: str = "") -> Hit:
    """`section`: where it stands on the pages of its case, unless it has a page of its own."""
    there = url or case_pages.address(case.pk, section)
    return Hit(row.pk, label, str(words), case.pk, case.reference, there)


def _hits(kind: Kind, rows: Any, hit_of: Any) -> Hits:
    first = list(rows[: MOST + 1])
    return Hits(kind, [hit_of(row) for row in first[:MOST]], more=len(first) > MOST)
