"""What only an administrator may do wants a person: no stolen key does it (A6)."""

from __future__ import annotations

import pytest

from accounts.models import Membership
from accounts.roles import ANYONE, GRANTS, Role
from casework.conf import urls  # noqa: F401 - whatever is served is declared
from core.context import confirmed_at
from core.services import SERVICES, StepUp
from tests import factories

pytestmark = pytest.mark.django_db

# Agencies are added by case managers, too, while they write: they open nothing to anybody.
ADMINISTRATION = GRANTS[Role.SYSTEM_ADMIN] - ANYONE - {"places.keep_agency"}
LOOKING = {"try_rule"}  # it answers two counts in tens, and changes nothing
DEEDS = [
    verb
    for verb in SERVICES
    if verb.permission in ADMINISTRATION
    and verb.run.__name__ not in LOOKING
    and not verb.run.__name__.startswith("read_")
]


@pytest.fixture
def admin(office):
    factories.user("system_admin", office)
    return factories.user("system_admin", office)


def test_all_of_them_are_looked_at():
    looking = {permission for permission in ADMINISTRATION if ".view_" in permission}
    assert {verb.permission for verb in DEEDS} | looking == ADMINISTRATION
    assert len(DEEDS) >= 17


@pytest.mark.parametrize("verb", DEEDS, ids=lambda verb: verb.run.__name__)
def test_no_deed_of_administration_is_done_without_a_second_factor(verb, admin):
    assert confirmed_at.get() is None
    with pytest.raises(StepUp):
        verb.check(admin)


def test_a_stolen_key_ends_no_role_disables_nobody_and_ends_no_key(admin, field_officer, api):
    caller = api(admin)
    role = Membership.objects.get(user=field_officer)
    key = factories.api_key(field_officer)
    token = {"Authorization": f"Bearer {caller.key}"}
    for path, body in (
        (f"memberships/{role.pk}/end/", {"reason": "x"}),
        (f"users/{field_officer.pk}/disable/", {"reason": "x"}),
        (f"keys/{key.pk}/revoke/", {}),
    ):
        answer = caller.client.post(
            f"/api/v1/{path}", body, content_type="application/json", headers=token
        )
        assert (path, answer.status_code) == (path, 403)
        assert "First confirm that it is you" in answer.json()["detail"]
    field_officer.refresh_from_db()
    key.refresh_from_db()
    assert field_officer.is_active
    assert key.revoked_at is None
    assert Membership.objects.in_force().filter(pk=role.pk).exists()
