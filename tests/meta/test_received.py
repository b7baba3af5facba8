"""The other side: a provider sees what was sent to it, by either wall, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from aftercare import querysets
from aftercare.enums import ReferralStatus
from aftercare.models import ProgressNote, ProviderStaff, Referral
from aftercare.querysets import ReferralQuerySet
from core.context import acting_as
from tests import factories
from tests.factories import care, persons
from tests.meta.rows import sent_referral
from tests.meta.tables import execute, histories, is_event, query, table, walled
from victims.models import Withdrawal

pytestmark = pytest.mark.django_db

RIGHT = {"sent to own provider", "answered by own provider", "of a sealed case, to own provider"}
RIGHT |= {"called back by the sender", "still helped, of whom a consent is withdrawn"}
# What is over and no more agreed to: the provider keeps the withdrawal alone.
ENDED = ["of whom a consent is withdrawn", "declined, of whom a consent is withdrawn"]
ENDED += ["completed, of whom a consent is withdrawn"]


@pytest.fixture
def staff(office):
    """Someone who works for one provider, and has left another."""
    works = factories.provider_staff()
    user = works.user
    user.own = works.provider
    left = factories.provider_staff(user=user)
    left.ended_at = timezone.now() - timedelta(days=1)
    left.save()
    user.former = left.provider
    return user


@pytest.fixture
def rows(staff):
    """One referral for every way in which it may stand to this person."""
    answered = sent_referral(to=staff.own)
    Referral.objects.filter(pk=answered.pk).update(status="accepted", answered_at=timezone.now())
    to = {"recipient_kind": "provider", "recipient_id": staff.own.pk}
    gone = {status: sent_referral(to=staff.own) for status in ReferralStatus.OVER}
    for status, row in gone.items():
        over = {"status": status, "decline_reason": "Invented" if status == "declined" else ""}
        Referral.objects.filter(pk=row.pk).update(**over)
        persons.withdrawal(row.case, consent=row.involvement.consents.get(), **to)
    helping = sent_referral(to=staff.own)
    Referral.objects.filter(pk=helping.pk).update(status="in_progress")
    persons.withdrawal(helping.case, consent=helping.involvement.consents.get(), **to)
    called_back = sent_referral(to=staff.own)
    Referral.objects.filter(pk=called_back.pk).update(status="withdrawn")
    return {
        "draft": factories.referral(),
        "of whom a consent is withdrawn": gone["withdrawn"],
        "declined, of whom a consent is withdrawn": gone["declined"],
        "completed, of whom a consent is withdrawn": gone["completed"],
        "still helped, of whom a consent is withdrawn": helping,
        "called back by the sender": called_back,
        "sent to own provider": sent_referral(to=staff.own),
        "answered by own provider": answered,
        "of a sealed case, to own provider": sent_referral(factories.case(level=4), staff.own),
        "sent to another provider": sent_referral(),
        "sent to the provider one has left": sent_referral(to=staff.former),
    }


def disagreements(user, rows, right):
    received = set(Referral.objects.received_by(user).values_list("pk", flat=True))
    with acting_as(user.pk):
        seen = {pk for (pk,) in query("select id from aftercare_referral")}
    return [
        f"{name}: {wall} {'hides' if name in right else 'shows'}"
        for wall, shown in (("wall 1", received), ("wall 2", seen))
        for name, row in rows.items()
        if (row.pk in shown) != (name in right)
    ]


def beyond(user):
    """Tables in which this person sees anything else in the database."""
    with acting_as(user.pk):
        return [
            table(m)
            for m in [*walled(), *histories()]
            if (m.pgh_tracked_model if is_event(m) else m) not in {Referral, Withdrawal}
            and query(f"select 1 from {table(m)} limit 1")
        ]


def test_both_walls_agree_on_what_was_received(staff, rows):
    assert disagreements(staff, rows, RIGHT) == []


def test_nothing_else_of_the_case_is_seen(staff, rows):
    assert beyond(staff) == []


def test_of_the_note_under_what_a_consent_ended_nothing_is_left(staff, rows):
    """Neither what the provider wrote itself, nor any former value of the referral."""
    gone, stays = rows["of whom a consent is withdrawn"], rows["answered by own provider"]
    for referral in (gone, stays):
        care.progress_note(referral=referral)
    notes = ProgressNote.objects.received_by(staff)
    assert set(notes.values_list("referral", flat=True)) == {stays.pk}
    with acting_as(staff.pk):
        assert query("select distinct referral_id from aftercare_progressnote") == [(stays.pk,)]
        seen = {pk for (pk,) in query("select pgh_obj_id from aftercare_referralevent")}
    assert gone.pk not in seen


def test_the_history_shows_no_draft_and_nobody_elses(staff, rows):
    with acting_as(staff.pk):
        seen = {pk for (pk,) in query("select pgh_obj_id from aftercare_referralevent")}
        drafts = query("select 1 from aftercare_referralevent where status = 'draft'")
    assert seen == {rows[name].pk for name in RIGHT}
    assert drafts == []


def test_who_works_for_no_provider_receives_nothing(rows):
    stranger = factories.user("provider_partner")
    assert disagreements(stranger, rows, set()) == []


# Planted faults


def test_a_queryset_that_forgets_who_left_is_found(staff, rows, monkeypatch):
    def ever(user):
        return ProviderStaff.objects.filter(user=user.pk).values("provider")

    monkeypatch.setattr(querysets, "_mine", ever)
    where = "sent to the provider one has left"
    assert disagreements(staff, rows, RIGHT) == [f"{where}: wall 1 shows"]


def test_a_queryset_that_forgets_the_consent_is_found(staff, rows, monkeypatch):
    nothing = Withdrawal.objects.none
    monkeypatch.setattr(ReferralQuerySet, "_withdrawn", lambda self: nothing())
    assert set(disagreements(staff, rows, RIGHT)) == {f"{name}: wall 1 shows" for name in ENDED}


def test_a_policy_open_to_every_provider_is_found(staff, rows):
    execute("alter policy received on aftercare_referral using (status <> 'draft')")
    others = ["sent to another provider", "sent to the provider one has left"]
    wanted = {f"{name}: wall 2 shows" for name in (*ENDED, *others)}
    assert set(disagreements(staff, rows, RIGHT)) == wanted
