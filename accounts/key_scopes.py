"""What a key may say: in a few words, each for the verbs of one purpose.

A key narrows what its account may do and never widens it. What needs a person at the screen, what
watches over others and what seals or opens stands in none of them.

A key that did everything its person may do would end with that person, and whoever issues one
could use it. So a program is an account nobody signs in as, with roles that two persons gave, and
no word here stands for sealing, naming, opening, roles or keys. Rows are the account's: a key
cannot choose offices. A program of others reads nothing about people and no figures, since no list
can ask each survivor for that recipient.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from accounts.roles import (
    ANYONE,
    BESIDE_VERBS,
    CARE_VERBS,
    JUSTICE_VERBS,
    MONEY_VERBS,
    REPORT_VERBS,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


class RunBy(TextChoices):
    HOUSE = "house", _("We do")
    OUTSIDE = "outside", _("Somebody outside")


class KeyScope(TextChoices):
    READ_CASES = "read_cases", _("Read cases, rescues and sites")
    READ_PEOPLE = "read_people", _("Read survivors, by code")
    READ_NAMES = "read_names", _("Read who survivors are")
    READ_JUSTICE = "read_justice", _("Read suspects and proceedings")
    READ_CARE = "read_care", _("Read referrals and care")
    LOG_RESCUES = "log_rescues", _("Log rescues and open cases")
    WRITE_JUSTICE = "write_justice", _("Record proceedings")
    WRITE_CARE = "write_care", _("Record care and what is owed")
    ANSWER_REFERRALS = "answer_referrals", _("Answer referrals to its provider")
    REPORTS = "reports", _("Read and run reports")
    OFF_BOARD = "off_board", _("Close accounts of people whom your organisation lets go (SCIM)")


_CASES = {Perm.CASE_VIEW, Perm.TEAM_VIEW, Perm.RESCUE_VIEW, Perm.SITE_VIEW, Perm.CLOSING_VIEW}
VERBS: dict[str, frozenset[Perm]] = {
    KeyScope.READ_CASES: frozenset(_CASES),
    KeyScope.READ_PEOPLE: frozenset({Perm.VICTIM_VIEW}),
    KeyScope.READ_NAMES: frozenset({Perm.IDENTITY_VIEW}),
    KeyScope.READ_JUSTICE: frozenset({Perm.SUSPECT_VIEW, Perm.PROSECUTION_VIEW}),
    KeyScope.READ_CARE: frozenset({Perm.REFERRAL_VIEW}),
    KeyScope.LOG_RESCUES: frozenset({Perm.RESCUE_LOG, Perm.CASE_OPEN, Perm.SITE_REGISTER}),
    KeyScope.WRITE_JUSTICE: frozenset(JUSTICE_VERBS | BESIDE_VERBS),
    KeyScope.WRITE_CARE: frozenset(CARE_VERBS | MONEY_VERBS),
    KeyScope.ANSWER_REFERRALS: frozenset({Perm.REFERRAL_ANSWER}),
    KeyScope.REPORTS: REPORT_VERBS,
    KeyScope.OFF_BOARD: frozenset({Perm.PEOPLE_OFF_BOARD}),
}
# The roles a program may be given: none that watches over others, decides or is named in secrets.
OF_PROGRAMS = frozenset(
    {
        Role.API_CLIENT,
        Role.DATA_OFFICER,
        Role.PROGRAMME_MANAGER,
        Role.FIELD_OFFICER,
        Role.AFTERCARE_WORKER,
        Role.LEGAL_OFFICER,
        Role.PROVIDER_PARTNER,
    }
)


# What keys of programs that others run may say. A list by key asks nobody whether survivors agreed
# to be told of there, so: nothing that tells of people, and no figures, which count who said no.
OF_OTHERS = (
    KeyScope.READ_CASES,
    KeyScope.LOG_RESCUES,
    KeyScope.WRITE_JUSTICE,
    KeyScope.WRITE_CARE,
    KeyScope.ANSWER_REFERRALS,
    KeyScope.OFF_BOARD,
)


def verbs_of(scopes: Iterable[str]) -> frozenset[Perm]:
    """The verbs that these words stand for."""
    return frozenset().union(*(VERBS[scope] for scope in scopes))


# All that the account of such a program holds, whatever its roles and its keys say. Why a case was
# closed and opened again is told in free words, which are of people: that stays inside, as it does
# for whom a case is disclosed to.
VERBS_OF_OTHERS = ANYONE | verbs_of(OF_OTHERS) - {Perm.CLOSING_VIEW}
