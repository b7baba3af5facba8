"""Shares that were worked out or read elsewhere, and pairs of them before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import refusals
from core.history import tracked
from studies.enums import Basis, Figuring
from studies.models.numbers import NumberRecord, code, codes_of_list, newest, once, rule, source
from studies.models.studies import Stratum

if TYPE_CHECKING:
    from django.db.models import DecimalField
    from django_stubs_ext import StrOrPromise


def _share(label: StrOrPromise, help_text: StrOrPromise = "") -> DecimalField:
    return models.DecimalField(
        label, max_digits=7, decimal_places=6, null=True, blank=True, help_text=help_text
    )


@tracked
class Estimate(NumberRecord):
    """The share of minors in a stratum: counted (k of n), or as it was published.

    `share` is what was published where it is not k/n; `low`, `high` its interval as published.
    """

    stratum = models.ForeignKey(Stratum, on_delete=models.PROTECT, related_name="estimates")
    basis = code(_("Where it comes from"), Basis)
    figuring = code(_("How the share was worked out"), Figuring, default=Figuring.COUNTED)
    k = models.PositiveIntegerField(_("Minors counted"), null=True, blank=True)
    n = models.PositiveIntegerField(
        _("Of how many people"),
        null=True,
        blank=True,
        help_text=_("Without this number the share can be kept but not published."),
    )
    share = _share(
        _("Share as published, in percent"),
        _("Leave it empty if only a count is given."),
    )
    standard_error = _share(_("Standard error, in percent"))
    design_effect = models.DecimalField(
        _("Design effect"), max_digits=7, decimal_places=4, null=True, blank=True
    )
    low = _share(_("Interval from, in percent"))
    high = _share(_("Interval to, in percent"))
    source = source()
    published_on = models.DateField(null=True, blank=True)  # by us; from then on in figures

    part_of, plural = "stratum", "estimates"
    named_with = shown_with = ("stratum__study", "stratum__jurisdiction")

    class Meta:
        indexes = [newest("estimate")]
        constraints = [
            codes_of_list("estimate_basis_known", "basis", Basis),
            codes_of_list("estimate_figuring_known", "figuring", Figuring),
            rule(
                "estimate_says_a_share",
                Q(k__isnull=False) | Q(share__isnull=False),
                refusals.gettext_lazy("Say how many minors were counted, or the share."),
                "share",
            ),
            rule(
                "estimate_k_of_n",
                Q(k__isnull=True) | Q(n__isnull=False, k__lte=F("n")),
                refusals.gettext_lazy("Enter how many people were counted, minors included."),
                "n",
            ),
            rule(
                "estimate_n_some",
                Q(n__isnull=True) | Q(n__gte=1),
                refusals.gettext_lazy("At least one."),
                "n",
            ),
            rule(
                "estimate_share_of_one",
                Q(share__isnull=True) | Q(share__range=(0, 1)),
                refusals.gettext_lazy("A share is from 0 to 100 percent."),
                "share",
            ),
            rule(
                "estimate_interval_whole",
                Q(low__isnull=True, high__isnull=True)
                | Q(low__isnull=False, high__isnull=False)
                & Q(low__gte=0, low__lte=F("high"), high__lte=1),
                refusals.gettext_lazy("Give both ends of the interval, the lower one first."),
                "high",
            ),
            rule(
                "estimate_effect_positive",
                Q(design_effect__isnull=True) | Q(design_effect__gt=0),
                refusals.gettext_lazy("A design effect is above zero."),
                "design_effect",
            ),
            rule(
                "estimate_error_positive",
                Q(standard_error__isnull=True) | Q(standard_error__range=(0, 1)),
                refusals.gettext_lazy("A standard error is from 0 to 100 percent."),
                "standard_error",
            ),
            rule(
                "estimate_published_with_n",
                Q(published_on__isnull=True) | Q(n__isnull=False),
                refusals.gettext_lazy(
                    "Enter the number of people counted: a share cannot be published without it."
                ),
                "n",
            ),
        ]

    def __str__(self) -> str:
        return str(self.stratum)


@tracked
class Pair(NumberRecord):
    """A baseline and the endline that is measured against it."""

    baseline = models.ForeignKey(Estimate, on_delete=models.PROTECT, related_name="endlines")
    endline = models.ForeignKey(
        Estimate, on_delete=models.PROTECT, related_name="baselines", verbose_name=_("Endline")
    )

    deletable = True

    part_of = "baseline"

    class Meta:
        indexes = [newest("pair")]
        constraints = [
            once(
                "pair_once",
                ["baseline", "endline"],
                refusals.gettext_lazy("These two are already a pair."),
            ),
            rule(
                "pair_of_two",
                ~Q(baseline=F("endline")),
                refusals.gettext_lazy("Choose two different estimates."),
                "endline",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("studies:pair", args=[self.pk])
