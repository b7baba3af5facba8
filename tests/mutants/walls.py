"""Faults in the two walls: levels, sealing, expiry, conflicts, teams."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Q
from django.db.models.functions import Now

from accounts import roles, scope
from accounts.models import MembershipQuerySet, User
from casework.models import Narrative
from casework.querysets import (
    AssignmentQuerySet,
    ConflictQuerySet,
    DisclosureQuerySet,
    GlassQuerySet,
)
from core.access import CaseRows, ScopedQuerySet
from core.scopes import CountScope, Scope
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

AGREE = "tests/meta/test_walls.py::test_both_walls_and_the_oracle_agree"
COUNTED = "tests/meta/test_counting.py::test_both_walls_and_the_oracle_agree"
MANAGER = f"{AGREE}[case_manager in the office]"
OFFICER = f"{AGREE}[field_officer in the office]"
PROSECUTOR = f"{AGREE}[prosecutor in the office]"
TABLES = "tests/meta/test_tables.py::test_nothing_is_found"


def in_context(old: str, new: str) -> str:
    """SQL that makes `open_context` once more with other words in it."""
    return f"""do $mutant$ declare body text;
begin
  body := pg_get_functiondef('open_context(uuid)'::regprocedure);
  if position({literal(old)} in body) = 0 then raise 'nothing to change'; end if;
  execute replace(body, {literal(old)}, {literal(new)});
end $mutant$"""


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@fault(MANAGER)
def sealed_cases_shown_by_querysets():
    """The queryset forgets sealing."""
    whole = Scope.rows

    def rows(self, level, *, case, office, sealed="level", view=""):
        return whole(self, level, case=case, office=office, sealed="version", view=view)

    replace(Scope, "rows", rows)


@fault(MANAGER)
def sealed_cases_shown_by_the_database():
    """The policy of one table forgets sealing."""
    return (
        "alter policy in_scope on casework_narrative using ("
        "office_id = any (nullif(current_setting('app.offices_l3', true), '')::uuid[]))"
    )


@fault(OFFICER)
def a_role_sees_one_level_too_deep():
    """Field officers read the content of every case of their office."""
    replace(roles.OFFICE_LEVEL, "field_officer", 2)


@fault(f"{AGREE}[safeguarding_lead in the office]")
def a_team_sees_one_level_too_deep():
    """Safeguarding leads named in a case read its content."""
    replace(roles.TEAM_LEVEL, "safeguarding_lead", 2)


@fault(f"{AGREE}[data_officer in the office]")
def a_table_one_level_too_low():
    """What was told about a rescue is kept at the level of content."""
    replace(Narrative, "access", CaseRows(2, "casework.view_case"))


@fault(MANAGER)
def every_office_is_the_own():
    """Whoever is of one office reaches all."""

    def reach(user, mine):
        every = list(apps.get_model("accounts.Office").objects.values_list("pk", flat=True))
        return {level: every if offices else [] for level, offices in mine.items()}

    replace(scope, "_reach", reach)


@fault(PROSECUTOR)
def disclosure_never_expires_in_python():
    """The queryset forgets the expiry of a disclosure."""
    replace(
        DisclosureQuerySet,
        "in_force",
        lambda self: self.filter(Q(level__lt=4) | Q(named=True), status="confirmed"),
    )


@fault(PROSECUTOR)
def disclosure_never_expires_in_the_database():
    """`open_context` forgets the expiry of a disclosure."""
    return in_context("and d.expires_at > statement_timestamp()", "")


@fault(PROSECUTOR)
def disclosure_without_its_second_person():
    """What was only proposed is shown already."""
    replace(
        DisclosureQuerySet,
        "in_force",
        lambda self: self.filter(
            Q(level__lt=4) | Q(named=True),
            status__in=("proposed", "confirmed"),
            expires_at__gt=Now(),
        ),
    )


@fault(OFFICER)
def emergency_never_ends_in_python():
    """The queryset forgets that a broken glass is over after an hour."""
    replace(GlassQuerySet, "in_force", lambda self: self.filter(level__lt=4, status="open"))


@fault(OFFICER)
def emergency_never_ends_in_the_database():
    """`open_context` forgets that a broken glass is over after an hour."""
    return in_context("and g.expires_at > statement_timestamp()", "")


@fault(OFFICER)
def emergency_opens_a_sealed_case():
    """Breaking the glass opens what is sealed, too."""
    replace(
        GlassQuerySet, "in_force", lambda self: self.filter(status="open", expires_at__gt=Now())
    )


@fault(MANAGER)
def conflict_ignored_by_querysets():
    """A conflict of interest closes nothing."""
    replace(ConflictQuerySet, "in_force", lambda self: self.none())


@fault(MANAGER)
def conflict_ignored_by_the_database():
    """The policy of one table knows no conflict of interest."""
    return (
        "alter policy in_scope on casework_site using ("
        "case_id = any (nullif(current_setting('app.cases_l2', true), '')::uuid[]) or (level < 4"
        " and office_id = any (nullif(current_setting('app.offices_l2', true), '')::uuid[])))"
    )


@fault(OFFICER)
def who_left_the_team_still_sees():
    """An ended assignment counts."""
    replace(AssignmentQuerySet, "in_force", lambda self: self.all())


@fault(f"{AGREE}[membership over]")
def who_left_the_office_still_sees():
    """An ended membership counts."""
    replace(MembershipQuerySet, "in_force", lambda self: self.all())


@fault(f"{AGREE}[not active]")
def the_disabled_keep_their_roles():
    """A disabled account keeps its roles."""
    rows = User.roles.func

    def of(self):
        self.is_active = True
        return rows(self)

    replace(User.roles, "func", of)


@fault(TABLES)
def a_table_without_row_security():
    """Row-level security of the names is off."""
    return "alter table victims_identity disable row level security"


@fault(TABLES)
def a_table_open_to_its_owner():
    """Row-level security does not bind the owner."""
    return "alter table casework_rescue no force row level security"


@fault(TABLES)
def history_open_to_all():
    """Former values are readable by everyone."""
    return "alter policy in_scope on casework_caseevent using (true) with check (true)"


@fault("tests/meta/test_walls.py::test_moving_and_sealing_a_case_moves_all_that_hangs_from_it")
def a_table_does_not_follow_its_case():
    """Sealing a case leaves one of its tables open."""
    return "drop trigger casework_narrative_follow on casework_case"


@fault("tests/meta/test_no_context.py::test_nobody_acting_sees_nothing[casework_app]")
def no_context_means_everything():
    """Who did not say who acts sees everything."""
    return (
        "alter policy in_scope on casework_site using"
        " (coalesce(current_setting('app.user_id', true), '') = '')"
    )


@fault(f"{COUNTED}[case_manager in the office]")
def figures_count_sealed_cases():
    """Sealed cases are in the figures of everyone."""
    whole = CountScope.rows

    def rows(self, *, case, office, sealed="level"):
        return whole(self, case=case, office=office, sealed="version")

    replace(CountScope, "rows", rows)


@fault(f"{COUNTED}[case_manager in the office]")
def figures_count_everything():
    """Figures are made of every row there is."""
    replace(ScopedQuerySet, "countable_by", lambda self, reader: self.all())


@fault("tests/meta/test_counting.py::test_names_and_secrets_cannot_be_read")
def names_given_to_the_report_role():
    """The role that counts may read names."""
    return "grant select (name) on prosecutions_perpetrator to casework_report"
