"""Faults at the doors: permissions, references, keys, the trail, what is said of closed rows."""

from __future__ import annotations

from contextlib import nullcontext

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Now
from django.http import Http404
from django.views.generic import FormView

from accounts import keys, roles
from accounts.models import ApiKey
from accounts.permissions import Perm
from aftercare.models import ProviderStaff
from aftercare.querysets import ReferralQuerySet
from casework.api.site_viewsets import SiteViewSet
from casework.models import Site
from casework.views import OpenCase
from core import audit, quiet
from core.api.serializers import Input, VisibleRow
from core.api.viewsets import ServiceViewSet
from core.lists.filters import code
from core.services import Service
from core.web import FormPage
from desk import live
from reports.models import SameScope
from tests.mutants.catalogue import fault
from tests.mutants.planting import like, replace
from victims.api.viewsets import VictimViewSet
from victims.services import identities

GRANTED = "tests/meta/test_matrix.py::test_the_code_grants_what_the_matrix_says"
ASKED = "tests/meta/test_endpoints.py::test_every_verb_asks_for_its_permission"
ALIKE = "tests/meta/test_existence.py::test_closed_and_unknown_rows_answer_alike"
FIRST_WALL = "tests/meta/test_existence.py::test_the_first_wall_holds_without_the_second"
RECEIVED = "tests/meta/test_received.py::test_both_walls_agree_on_what_was_received"
RECORDED = "tests/meta/test_reads.py::test_everything_shown_is_recorded"
AGREEMENT = "tests/meta/test_agreement.py"
REVOKED = "tests/meta/test_revoked.py"


@fault(ASKED)
def a_page_without_its_permission():
    """A page forgets which permission it needs."""
    replace(OpenCase, "permission", None)


@fault(ASKED)
def an_endpoint_without_its_permission():
    """An action of the interface forgets which permission it needs."""
    whole = ServiceViewSet.needs
    replace(
        ServiceViewSet,
        "needs",
        lambda self, method: None if self.action == "assign" else whole(self, method),
    )


@fault(GRANTED)
def a_role_with_one_verb_too_many():
    """Prosecutors from outside register sites."""
    replace(roles.GRANTS, "prosecutor", roles.GRANTS["prosecutor"] | {Perm.SITE_REGISTER})


@fault(GRANTED)
def a_counting_role_that_reads():
    """Programme managers see cases."""
    replace(roles.GRANTS, "programme_manager", roles.GRANTS["programme_manager"] | {Perm.CASE_VIEW})


@fault(GRANTED)
def an_administrator_with_cases():
    """System administrators see names."""
    replace(roles.GRANTS, "system_admin", roles.GRANTS["system_admin"] | {Perm.IDENTITY_VIEW})


@fault(FIRST_WALL)
def a_list_without_its_scope():
    """An endpoint lists all rows and leaves the rest to the database."""
    replace(SiteViewSet, "get_queryset", lambda self: Site.objects.all())


@fault(FIRST_WALL)
def a_reference_without_its_scope():
    """What a body names is looked up among all rows."""
    replace(VisibleRow, "get_queryset", lambda self: self.queryset.all())


@fault(ALIKE)
def closed_rows_answer_otherwise():
    """A row that exists and is closed answers 403, an unknown one 404."""
    whole = ServiceViewSet.get_object

    def get_object(self):
        try:
            return whole(self)
        except Http404:
            if self.queryset.model.objects.filter(pk=self.kwargs["pk"]).exists():
                raise
            raise PermissionDenied from None

    replace(ServiceViewSet, "get_object", get_object)


@fault(ALIKE)
def refusals_leave_no_mark():
    """What was refused is not in the trail."""
    replace(audit, "denied", lambda *args, **kwargs: None)


@fault(ALIKE)
def figures_of_others_shown():
    """Snapshots made for other readers open to everyone."""
    replace(SameScope, "scope", lambda self, rows, user: rows)


@fault(RECEIVED)
def referrals_of_other_providers():
    """A provider sees what was sent to others."""
    replace(ReferralQuerySet, "received_by", lambda self, user: self.exclude(status="draft"))


@fault(RECEIVED)
def referrals_after_leaving():
    """Who left a provider still sees what it receives."""

    def received_by(self, user):
        mine = ProviderStaff.objects.filter(user=user.pk).values("provider")
        return self.exclude(status="draft").filter(provider__in=mine)

    replace(ReferralQuerySet, "received_by", received_by)


@fault(RECORDED)
def a_list_that_is_not_recorded():
    """Reading a list leaves no mark."""
    replace(SiteViewSet.listed, "recorded", False)


@fault(RECORDED)
def a_form_that_is_not_recorded():
    """Looking at a form about a row leaves no mark."""
    replace(FormPage, "render_to_response", FormView.render_to_response)


@fault("tests/core/test_services.py", "tests/core/test_audit.py")
def a_verb_without_history():
    """A verb may finish that recorded nothing."""
    replace(audit, "required", lambda name: nullcontext())


@fault("tests/core/test_services.py", ASKED)
def verbs_ask_for_no_permission():
    """A verb runs for everyone who calls it."""
    replace(Service, "check", lambda self, actor: None)


@fault("tests/casework/test_disclosures.py", "tests/core/test_services.py")
def step_up_forgotten():
    """No verb asks for the second factor of a moment ago."""

    def check(self, actor):
        if not actor.has_perm(self.permission):
            raise PermissionDenied(self.permission)

    replace(Service, "check", check)


@fault(f"{REVOKED}::test_a_revoked_key_opens_nothing")
def a_key_after_its_revocation():
    """A revoked key still opens the interface."""
    replace(keys, "find", lambda text: _key(text, expires_at__gt=Now()))


@fault(f"{REVOKED}::test_an_expired_key_opens_nothing")
def a_key_after_its_expiry():
    """An expired key still opens the interface."""
    replace(keys, "find", lambda text: _key(text, revoked_at__isnull=True))


def _key(text, **conditions):
    rows = ApiKey.objects.select_related("user").filter(prefix=text.split("_")[1], **conditions)
    return rows.first()


@fault("tests/victims/test_reveal.py::test_the_verb_itself_wants_a_reason")
def a_name_without_a_reason():
    """A name is shown to whoever asks, for any reason or none."""
    replace(identities, "NameReason", like(identities.NameReason, values=_Anything()))


class _Anything:
    def __contains__(self, _reason):
        return True


@fault("tests/accounts/test_sign_in.py::test_when_a_person_is_made_inactive_the_session_is_over")
def a_session_after_its_account():
    """A session lives on when its account is disabled."""
    replace(ModelBackend, "user_can_authenticate", lambda self, user: True)


@fault("tests/api/test_hostile_bodies.py::test_unknown_fields_are_named_everywhere")
def unknown_fields_dropped():
    """A field nobody knows is dropped instead of refused."""
    replace(Input, "to_internal_value", super(Input, Input()).to_internal_value.__func__)


@fault(f"{AGREEMENT}::test_what_is_not_shown_is_neither_filtered_nor_sorted_by")
def a_filter_by_a_hidden_field():
    """A list is narrowed by who a survivor is."""
    replace(VictimViewSet.listed, "filters", {"full_name": code("identity__full_name")})


@fault(f"{AGREEMENT}::test_an_unknown_filter_is_refused_by_name_whatever_it_says")
def unknown_filters_ignored():
    """A parameter nobody reads is ignored instead of refused."""
    replace(ServiceViewSet, "unknown", lambda self, query, known, several=(): {})


@fault("tests/desk/test_live.py::test_of_a_row_that_is_not_open_nothing_is_told")
def a_change_of_a_closed_row_is_told():
    """An open page is told that something changed of a case whose row the reader may not read."""
    replace(live, "_open_rows", lambda label, ids, asked, user: set(ids))


@fault("tests/desk/test_live.py::test_it_writes_nothing_and_prolongs_no_session")
def an_open_page_keeps_its_session():
    """A page that asks what is new counts as somebody who is there."""
    replace(quiet, "asks_by_itself", lambda request: False)
