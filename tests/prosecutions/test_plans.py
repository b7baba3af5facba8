"""What is asked of every proceeding stays in proportion, however old the statistics are."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from casework.models import Case
from prosecutions.models import Charge, ChargeDecision, Judgment, Prosecution, Suspect
from tests import factories

pytestmark = pytest.mark.django_db
MANY = 400


@pytest.fixture
def convicted(case):
    """Hundreds of cases with a conviction, of which the database knows no more than the first."""
    first = factories.decision(case)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    references = [f"{case.reference}{n}" for n in range(MANY)]
    cases = _again(Case, case, reference=references)
    suspects = _again(Suspect, first.charge.suspect, case=cases)
    made = _again(Prosecution, first.judgment.prosecution, case=cases)
    of = {"case": cases, "prosecution": made}
    charges = _again(Charge, first.charge, suspect=suspects, **of)
    judgments = _again(Judgment, first.judgment, **of)
    _again(ChargeDecision, first, case=cases, charge=charges, judgment=judgments)


def _again(model, row, **of):
    """More rows like this one, that differ in these columns."""
    fields = [f for f in model._meta.concrete_fields if f.name not in ("id", *of)]
    same = {field.attname: getattr(row, field.attname) for field in fields}
    others = [dict(zip(of, values, strict=True)) for values in zip(*of.values(), strict=True)]
    return model.objects.bulk_create(model(**same, **other) for other in others)


def looked_at(rows, table):
    """How many rows of a table a question looks at."""
    sql, given = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"explain (analyze, format json) {sql}", given)
        (plan,) = cursor.fetchone()
    return _looked_at((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"], table)


def _looked_at(node, table):
    seen = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    here = seen * node["Actual Loops"] if node.get("Relation Name") == table else 0
    return here + sum(_looked_at(part, table) for part in node.get("Plans", ()))


@pytest.mark.usefixtures("convicted")
def test_no_question_within_a_question_reads_a_whole_table():
    """A table may be read once for each proceeding while it is small, never once for each of
    its own rows as well."""
    docket = Prosecution.objects.on_docket()
    for table in ("charge", "chargedecision", "judgment"):
        assert looked_at(docket, f"prosecutions_{table}") < 10 * MANY**2
