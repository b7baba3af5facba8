"""New rows of a workbook written, or what the database says against each of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import Error, connection, transaction
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext as _

from accounts.models import Office
from aftercare.models import CarePlan
from aftercare.services.plans import reschedule
from casework.enums import LinkKind
from casework.models import Assignment, CaseLink, SameSite, Site
from core import context
from core.contradictions import RULES, among
from core.database.inserting import insert
from exchange.workbooks.sheets import KEY, SHEETS
from prosecutions.stages import hold
from studies.belonging import of_others
from studies.models.numbers import NumberRecord

if TYPE_CHECKING:
    from django.db.models import Model

    from exchange.workbooks.looking import Looked
    from exchange.workbooks.rows import Line
    from exchange.workbooks.sheets import Sheet

AT_ONCE = 500
NOT_OPEN = "42501"  # row-level security
TWICE = "23505"
OURS = re.compile(r"([A-Z]{2,5})-([0-9]{4})-([0-9]{4,6})")
Lines = list[tuple["Line", Any]]


class Undone(Exception):
    """What was tried is not kept."""


class Taking:
    """Writes what was looked at; every fault goes where it was found."""

    def __init__(self, looked: Looked) -> None:
        self.looked, self.faults = looked, looked.faults
        lines = (line for of in looked.read.lines.values() for line in of)
        self.failed = {line.id for line in lines if line.wrong}

    def tried(self) -> None:
        """Write all of it and undo it: so the database, too, says what is wrong with it."""
        try:
            with transaction.atomic():
                self.write()
                raise Undone
        except Undone:
            context.refresh(self.looked.actor)

    def write(self) -> None:
        for sheet in SHEETS:
            new = self.looked.new[sheet.name]
            rows = [(line, row) for line, row in new if self._stands(sheet, row)]
            for at in range(0, len(rows), AT_ONCE):
                some = rows[at : at + AT_ONCE]
                self._insert(sheet, some)
                self.looked.on(len(some))
        self._check_contradictions()
        if not self.faults.found:
            self._require_own()
            self._after()
            self._check_later()

    def _require_own(self) -> None:
        """Studies and figures of another office are read by all, and added to by nobody else."""
        for sheet in (sheet for sheet in SHEETS if issubclass(sheet.model, NumberRecord)):
            lines = {row.pk: line for line, row in self.looked.new[sheet.name]}
            rows = sheet.model.objects.filter(pk__in=lines)
            for pk in of_others(rows, self.looked.actor).values_list("pk", flat=True):
                self.faults.of(lines[pk], "", _("This belongs to another office."))

    def _stands(self, sheet: Sheet, row: Model) -> bool:
        """Whether nothing it names has failed: that has its own fault."""
        if not self.failed:
            return True
        if not self.failed.isdisjoint(getattr(row, name) for name in sheet.relations):
            self.failed.add(row.pk)
            return False
        return True

    def _insert(self, sheet: Sheet, rows: Lines) -> None:
        """Half of them and half again where the database refuses, until it is a single one."""
        try:
            with transaction.atomic():
                insert(sheet.model, [row for _line, row in rows])
        except Error as exc:
            if len(rows) == 1:
                self._failed(sheet, *rows[0], exc)
                return
            middle = len(rows) // 2
            self._insert(sheet, rows[:middle])
            self._insert(sheet, rows[middle:])

    def _failed(self, sheet: Sheet, line: Line, row: Model, exc: Error) -> None:
        hidden = _code(exc) == NOT_OPEN
        # Through what was refused before, a person may be linked to no case.
        if not (hidden and sheet.of_person and self.faults.found):
            self.faults.of(line, *_why(sheet, exc))
        self.failed.add(row.pk)

    def _check_contradictions(self) -> None:
        """By the rules by which the forms refuse, once all stands beside all."""
        if self.looked.new["stages_reached"]:
            hold()
        for sheet in SHEETS:
            lines = {row.pk: line for line, row in self.looked.new[sheet.name]}
            keys = [pk for pk in lines if pk not in self.failed]
            for at in range(0, len(keys) if sheet.label in RULES else 0, AT_ONCE):
                rows = sheet.model.objects.filter(pk__in=keys[at : at + AT_ONCE])
                for pk, rule in among(rows):
                    self.faults.of(lines[pk], rule.field, str(rule.words))

    def _check_later(self) -> None:
        """What the database puts off to the end, it says now."""
        try:
            with transaction.atomic():
                connection.check_constraints()
        except Error as exc:
            self.faults.add(None, 0, "", _forbidden(exc))

    def _after(self) -> None:
        """What follows from new rows: a team, the next reference, what is due in care plans."""
        looked = self.looked
        cases = [row for _line, row in looked.new["cases"]]
        teams = {row.case_id for _line, row in looked.new["team"]}
        Assignment.objects.bulk_create(
            Assignment(case=case, user=looked.actor) for case in cases if case.pk not in teams
        )
        _mirror(looked)
        _count_references([case.reference for case in cases])
        context.refresh(looked.actor)
        plans = [row.pk for _line, row in looked.new["care_plans"]]
        for plan in CarePlan.objects.filter(pk__in=plans).select_related("case"):
            reschedule(plan)


def _mirror(looked: Looked) -> None:
    """What is linked with it says the same on its own page; the workbook may name one side only."""
    seen = LinkKind.SEEN_FROM_THE_OTHER
    for _line, link in looked.new["links"]:
        there = {"case_id": link.other_id, "other_id": link.case_id}
        there |= {"kind": seen.get(link.kind, link.kind)}
        if not CaseLink.objects.filter(**there).exists():
            CaseLink.objects.create(**there, ended_at=link.ended_at)
    for _line, same in looked.new["same_sites"]:
        there = {"site_id": same.other_id, "other_id": same.site_id}
        if not SameSite.objects.filter(**there).exists():
            there |= {"case_id": Site.objects.get(pk=same.other_id).case_id}
            SameSite.objects.create(**there, ended_at=same.ended_at)


def _count_references(references: list[str]) -> None:
    """Our own references are counted on after the last one that came."""
    last: dict[tuple[str, int], int] = {}
    for match in filter(None, map(OURS.fullmatch, references)):
        key = match[1], int(match[2])
        last[key] = max(last.get(key, 0), int(match[3]))
    offices = dict(Office.objects.values_list("prefix", "pk"))
    with connection.cursor() as cursor:
        for (prefix, year), number in last.items():
            if prefix in offices:
                cursor.execute(
                    "insert into casework_referencecounter as c (office_id, year, last)"
                    " values (%s, %s, %s) on conflict (office_id, year)"
                    " do update set last = greatest(c.last, excluded.last)",
                    [offices[prefix], year, number],
                )


def _code(exc: Error) -> str:
    return getattr(exc.__cause__, "pgcode", "") or ""


def _why(sheet: Sheet, exc: Error) -> tuple[str, str]:
    """The column and the words for what the database said, and nothing of the values."""
    diag: Any = getattr(exc.__cause__, "diag", None)
    name = getattr(diag, "constraint_name", None) or ""
    if _code(exc) == NOT_OPEN:
        return "", _("Nothing in this workbook links it to a case that is open to you.")
    if name.endswith("_pkey"):
        return KEY, _("This key is already taken.")
    if column := getattr(diag, "column_name", None):
        return column.removesuffix("_id"), _("This is required.")
    rule = next(
        (constraint for constraint in sheet.model._meta.constraints if constraint.name == name),
        None,
    )
    if isinstance(rule, CheckConstraint):
        fields = sorted(_fields(rule.condition))
        words = _("These do not go together: %(columns)s.")
        return fields[0], words % {"columns": ", ".join(fields)}
    unique = getattr(rule, "fields", ()) or _unique(sheet, name)
    if unique and _code(exc) == TWICE:
        words = _("Another row already has the same: %(columns)s.")
        return unique[-1], words % {"columns": ", ".join(unique)}
    return "", _forbidden(exc)


def _forbidden(exc: Error) -> str:
    diag: Any = getattr(exc.__cause__, "diag", None)
    name = getattr(diag, "constraint_name", "") or getattr(diag, "message_primary", "") or "–"
    return _("This breaks a rule of the records: %(name)s.") % {"name": name}


def _fields(condition: object) -> set[str]:
    """The fields a rule speaks of."""
    if isinstance(condition, Q):
        return {name for child in condition.children for name in _fields(child)}
    if isinstance(condition, F):
        return {str(vars(condition)["name"])}
    if isinstance(condition, tuple):
        return {condition[0].partition("__")[0], *_fields(condition[1])}
    return set()


def _unique(sheet: Sheet, name: str) -> tuple[str, ...]:
    """Of a field that is unique alone, whose rule the database names itself."""
    if sheet.is_cases:
        return (KEY,)
    fields = [f for f in sheet.model._meta.concrete_fields if f.unique and not f.primary_key]
    return tuple(f.name for f in fields if f"_{f.column}_" in name)[:1]
