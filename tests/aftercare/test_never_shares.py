"""Through whatever door: nobody is told of a person without a consent that stands."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as project
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.models import Referral
from aftercare.services.referrals import accept_referral, send_referral
from casework.models import Disclosure
from casework.services.disclosures import confirm_disclosure, propose_disclosure
from casework.services.documents import record_custody
from core.services import Refused
from desk.services import give_summary
from exchange.services.htcds import export_htcds
from reports.base import REPORTS
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.exchange.taking import opened
from tests.factories import kept, papers
from tests.victims.agreeing import FOR_A_CHILD
from tests.whole import examples
from victims.models import Consent, Share, Withdrawal
from victims.services.consents import grant_consent, withdraw_consent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]

# What may be agreed to, by hand: for what, and to whom. The first two doors have a recipient by
# name, who comes before everyone of the kind.
TO = {
    "provider": ("care", "provider"),
    "providers": ("care", "any_provider"),
    "prosecutor": ("prosecutor", "prosecutor"),
    "prosecutors": ("prosecutor", "authorities"),
    "court": ("court", "authorities"),
    "police": ("court", "agency"),
    "partners": ("care", "partners"),
    "public": ("publication", "public"),
    "photo": ("photo", "agency"),
    "photos": ("photo", "authorities"),
    "figures": ("statistics", "public"),
    "lines": ("statistics", "partners"),
}
# Whoever said no to one of these is not shown on what goes to all, of whom that one is among.
SPOILT = {
    "sheet for authorities": ("police",),
    "sheet for partners": ("provider",),
    "export for authorities": ("police",),
    "export for partners": ("provider",),
}
# Every door by which others are told: what carries it by name, what carries it for all.
DOORS = {
    "refer": ("provider", "providers"),
    "accept": ("provider", "providers"),
    "disclose": ("prosecutor", "prosecutors"),
    "sheet for authorities": (None, "court"),
    "sheet for partners": (None, "partners"),
    "sheet for public": (None, "public"),
    "hand a photo": ("photo", "photos"),
    "release figures": (None, "figures"),
    "export for authorities": (None, "court"),
    "export for partners": (None, "partners"),
    "give a file of the standard": (None, "lines"),
}
ACTS = st.one_of(
    st.tuples(st.sampled_from(["grant", "withdraw", "expire"]), st.sampled_from(sorted(TO))),
    st.tuples(st.just("tell"), st.sampled_from(sorted(DOORS))),
)


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(ACTS, max_size=14))
def test_no_door_tells_of_a_person_without_a_consent_that_stands(office, steps):
    with transaction.atomic():
        house = House(office)
        for act, what in steps:
            house.take(act, what)
        transaction.set_rollback(True)


class House:
    """One survivor, everyone who could be told of her, and what must be so, kept by hand."""

    def __init__(self, office: Any) -> None:
        self.case = factories.case(office)
        rescue = factories.rescue(self.case)
        self.person = factories.involvement(self.case, rescue=rescue, outcome="rescued")
        self.picture, self.police = papers.document(self.case, kind="photo"), factories.agency()
        self.lead, self.second = (factories.user("case_manager", office) for _ in range(2))
        self.shelter, self.prosecutor = factories.provider(), factories.user("prosecutor")
        self.partner = factories.provider_staff(self.shelter).user
        self.today = self.case.jurisdiction.today
        self.ids = {"provider": self.shelter.pk, "prosecutor": self.prosecutor.pk}
        self.ids |= {"photo": self.police.pk, "police": self.police.pk}
        self.state = dict.fromkeys(TO, "none")
        self.told: set[str] = set()

    def may(self, door: str) -> bool:
        name, kind = DOORS[door]
        if door == "release figures":  # they tell of nobody: only who was asked decides
            said = {self.state["figures"], self.state["lines"]}
            return said == {"none"} or (self.state[kind] == "live" and said <= {"none", "live"})
        if any(self.state[no] == "withdrawn" for no in SPOILT.get(door, ())):
            return False
        named, wide = self.state.get(name or "", "none"), self.state[kind]
        return named == "live" or (named != "withdrawn" and wide == "live")

    def take(self, act: str, what: str) -> None:
        if act == "tell":
            self.tell(what)
        elif act == "grant":
            self.grant(what)
        elif self.state[what] == "live":
            could = {door for door in DOORS if self.may(door)}
            {"withdraw": self.withdraw, "expire": self.expire}[act](what)
            if act == "withdraw":
                self.called_back({door for door in could if not self.may(door)})

    def tell(self, door: str) -> None:
        before = Share.objects.count()
        try:
            with transaction.atomic():
                done = self.open(door)
        except Refused:
            assert not self.may(door), door
            assert Share.objects.count() == before
        else:
            assert self.may(door) or not done, door
            self.told |= {door} if done else set()

    def open(self, door: str) -> bool:
        """Try it; whether there was anything to try."""
        if door.startswith("sheet for "):
            give_summary(self.case, whom=door.rpartition(" ")[2], actor=self.lead)
            return True
        if door.startswith("export for "):
            return self.export(door.rpartition(" ")[2])
        ways = {"refer": self.refer, "accept": self.accept, "disclose": self.disclose}
        ways |= {"hand a photo": self.hand, "release figures": self.release}
        ways |= {"give a file of the standard": self.lines}
        return ways[door]() is not False

    def refer(self) -> None:
        draft = Referral.objects.create(
            case=self.case, involvement=self.person, need="medical", urgency="now"
        )
        send_referral(draft, provider=self.shelter, actor=self.lead)

    def accept(self) -> bool:
        sent = Referral.objects.filter(status="sent").first()
        if sent:
            accept_referral(sent, actor=self.partner)
        return bool(sent)

    def hand(self) -> None:
        told = {"step": "handed", "happened_on": self.today, "agency": self.police}
        record_custody(self.picture, actor=self.lead, **told)

    def export(self, whom: str) -> bool:
        """A list in a locked file, taken by who asked for it: whether the person is in it."""
        file = opened(self.lead, "involvements", identifiers=True, whom=whom)
        return [row["id"] for row in file.list("involvements")] == [str(self.person.pk)]

    def lines(self) -> bool:
        made = export_htcds(to="partners", reason="comparison", actor=self.lead)
        return str(self.person.victim_id) in made.text

    def release(self) -> None:
        if not self.counted():
            raise Refused("not counted")

    def counted(self) -> bool:
        report = REPORTS["survivors-served"]
        found = compute(report, Reporter(), parse({"audience": "outside"}, report))
        told = kept.told(found.behind).values()
        return any(str(self.person.victim_id) in ids["n"] for ids in told)

    def disclose(self) -> bool:
        if Disclosure.objects.filter(status__in=["proposed", "confirmed"]).exists():
            return False
        values = {"parts": ["people"], "basis": "consent", "document": "Signed form"}
        values |= {"reason": "Invented reason of some length"}
        values |= {"until": self.today + timedelta(days=30)}
        proposed = propose_disclosure(self.case, user=self.prosecutor, actor=self.lead, **values)
        confirm_disclosure(proposed, actor=self.second)
        return True

    def called_back(self, doors: set[str]) -> None:
        """Who was told through these hears of the withdrawal, and what waits or stands ends."""
        for door in (doors & self.told) - {"release figures"}:  # the log of releases says it
            name, kind = DOORS[door]
            heard = Withdrawal.objects.filter(recipient_kind=TO[name or kind][1])
            assert heard.filter(recipient_id=self.ids.get(name or "")).exists(), door
        if "refer" in doors:
            assert not Referral.objects.filter(status="sent").exists()
        if "disclose" in doors:
            assert not Disclosure.objects.filter(status__in=["proposed", "confirmed"]).exists()

    def grant(self, what: str) -> None:
        purpose, kind = TO[what]
        grant_consent(
            self.person,
            purpose=purpose,
            recipient_kind=kind,
            recipient_id=self.ids.get(what),
            **FOR_A_CHILD,
            given_on=self.today,
            language="bn",
            actor=self.lead,
        )
        self.state[what] = "live"

    def row(self, what: str) -> Consent:
        purpose, kind = TO[what]
        rows = Consent.objects.standing()
        found: Consent = rows.get(
            purpose=purpose, recipient_kind=kind, recipient_id=self.ids.get(what)
        )
        return found

    def withdraw(self, what: str) -> None:
        row = self.row(what)
        withdraw_consent(row, withdrawn_on=self.today, version=row.version, actor=self.lead)
        self.state[what] = "withdrawn"

    def expire(self, what: str) -> None:
        row, day = self.row(what), self.today - timedelta(days=1)
        row.given_on = row.expires_on = day
        row.save()
        self.state[what] = "over"


def test_every_place_that_writes_down_who_was_told_is_known():
    """`share` and its helper, and who calls it: a new one is a new door to be tried above.

    What one of us wrote down later (`shares.py`) told nobody; tests/victims/test_told.py.
    `consents.py` hands it on.
    """
    told = re.compile(r"\bShare\.objects\.\w*create\(|from victims\.services\.[^)]*?\bshare\b")
    files = [path for app in project.OUR_APPS for path in (project.BASE_DIR / app).rglob("*.py")]
    found = [path for path in files if told.search(path.read_text())]
    assert sorted(str(path.relative_to(project.BASE_DIR)) for path in found) == [
        "aftercare/services/referrals.py",
        "desk/services.py",
        "exchange/services/giving.py",
        "exchange/services/htcds.py",
        "intake/demo/persons.py",
        "victims/services/basis.py",
        "victims/services/consents.py",
        "victims/services/coverage.py",
        "victims/services/photos.py",
        "victims/services/shares.py",
    ]
