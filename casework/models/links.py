"""Cases that belong together: twins in two countries, one network, one matter told twice."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.enums import LinkKind
from casework.models.records import CaseRecord
from casework.querysets import CaseLinkQuerySet
from core.access import CONTENT, CaseRows
from core.history import tracked


@tracked
class CaseLink(CaseRecord):
    """A link as it stands on the page of `case`. Every link is two rows, one on either side."""

    other = models.ForeignKey(
        "casework.Case",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("The other case"),
        help_text=_("Its reference, such as MNL-2026-0004. You must be able to read both."),
    )
    kind = models.CharField(
        _("How the other case relates to this one"), max_length=12, choices=LinkKind
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    part = "borders"
    access = CaseRows(CONTENT, Perm.LINK_VIEW)
    objects: ClassVar[Any] = CaseLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "other", "kind"],
                name="casework_caselink_once",
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(name="casework_caselink_of_two", condition=~Q(case=F("other"))),
            models.CheckConstraint(
                name="casework_caselink_known", condition=Q(kind__in=LinkKind.values)
            ),
        ]
