"""What is asked of every proceeding stays in proportion, however old the statistics are."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection

from casework.models import Case
from prosecutions.models import Charge, ChargeDecision, Judgment, Prosecution, Suspect
from tests import factories
from tests.plans import looked_at

pytestmark = pytest.mark.django_db
FEW, MANY = 100, 400


@pytest.fixture
def convicted(case):
    """Hundreds of cases with a conviction, of most of which the database knows nothing yet."""
    first = factories.decision(case)
    _convicted(first, FEW)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    _convicted(first, MANY)


def _convicted(first, number):
    numbers = range(number)
    cases = _again(Case, first.case, reference=[f"{uuid.uuid4().hex[:12]}" for _ in numbers])
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


@pytest.mark.usefixtures("convicted")
def test_no_question_within_a_question_reads_a_whole_table():
    """Some rows of a table for each proceeding, never all of them."""
    docket = Prosecution.objects.on_docket()
    for table in ("charge", "chargedecision", "judgment"):
        seen = looked_at(*docket.query.sql_with_params(), f"prosecutions_{table}")
        assert seen < 20 * MANY
