"""Figures of others beside each other, and district surveys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from studies.comparing import share_of
from studies.enums import SurveyStatus, Unit
from studies.forms.outside import StatisticForm
from studies.models import DistrictSurvey, Estimate, ExternalStatistic
from studies.services.outside import (
    correct_statistic,
)
from studies.side_by_side import beside_ours, comparisons
from studies.views.pages import Cell, ListPage, Row, StudyPage, percent, whose

if TYPE_CHECKING:
    from decimal import Decimal

    from studies.side_by_side import Comparison

SHOWN = 200
TONES = {SurveyStatus.DONE: "ok", SurveyStatus.NOT_DONE: "warn", SurveyStatus.UNKNOWN: "mute"}


def figure(row: ExternalStatistic) -> str:
    """A number as people write it, or the text that was printed."""
    if row.value is None:
        return row.text
    if row.unit == Unit.SHARE:
        return percent(float(row.value))
    return plain(row.value, ",f")


def plain(value: Decimal, form: str = "f") -> str:
    """A number without the zeros that only fill its column."""
    return format(value, form).rstrip("0").rstrip(".")


def years(row: ExternalStatistic) -> str:
    return f"{row.year}–{row.year_to}" if row.year_to else str(row.year)


class Statistics(ListPage):
    title = gettext_lazy("Figures of others")
    intro = gettext_lazy("As they were published, beside each other. They are never added up.")
    empty = gettext_lazy("A figure has a publisher, a series, a place, a year and a source.")
    head = (
        gettext_lazy("Publisher"),
        gettext_lazy("Measures"),
        gettext_lazy("Place"),
        gettext_lazy("Year"),
        gettext_lazy("Figure"),
        gettext_lazy("How it was found"),
        gettext_lazy("Belongs to"),
    )
    add_url = "studies:new-statistic"
    add_label = gettext_lazy("Record a figure")

    def rows(self) -> list[Row]:
        return [
            Row(
                [
                    Cell(row.publisher, note=row.series),
                    Cell(row.get_measure_display(), note=row.get_programme_display()),
                    Cell(str(row.jurisdiction), note=_parts(row)),
                    Cell(years(row)),
                    Cell(figure(row), note=row.get_unit_display()),
                    Cell(row.get_quality_display(), note=row.source),
                    Cell(whose(row)),
                ],
                self.change_url("studies:correct-statistic", row),
                f"{row.publisher}, {row.series}",
            )
            for row in self._all()
        ]

    def further(self) -> dict[str, object]:
        lines = [
            {
                "one": self._words(line.one),
                "two": self._words(line.two),
                "ratio": _ratio(line),
                "ground": line.ground.label,
                "common": line.common,
                "years_apart": line.years_apart,
            }
            for line in comparisons(self._all())
        ]
        return {"beside": lines, "own": self._own()}

    def _all(self) -> list[ExternalStatistic]:
        rows = ExternalStatistic.objects.visible_to(self.actor)
        rows = rows.select_related("jurisdiction", "office")
        return list(rows.order_by("-year", "publisher", "series", "id")[:SHOWN])

    def _words(self, row: ExternalStatistic) -> str:
        return f"{row.publisher} {years(row)}: {figure(row)}"

    def _own(self) -> list[dict[str, object]]:
        """Our published shares beside those of others about a place that holds theirs."""
        rows = Estimate.objects.visible_to(self.actor).filter(published_on__isnull=False)
        rows = rows.select_related("stratum__study", "stratum__jurisdiction").order_by("pk")
        return [
            {
                "one": f"{line.estimate.stratum.study.title}, {line.estimate.stratum}: "
                f"{percent(share_of(line.estimate))}",
                "two": self._words(line.other),
                "ratio": f"{line.ratio:.2f}",
                "representative": line.estimate.stratum.study.is_representative,
            }
            for line in beside_ours(rows, self._all())
        ]


def _ratio(line: Comparison) -> str:
    if line.ratios is None:
        return ""
    return "–".join(f"{ratio:.2f}" for ratio in dict.fromkeys(line.ratios))


def _parts(row: ExternalStatistic) -> str:
    number = row.parts_number or len(row.parts)
    return _("%(number)s parts of it") % {"number": number} if number else ""


class CorrectStatistic(StudyPage):
    """The figure is shown without the zeros that its column adds."""

    model, service, form_class = ExternalStatistic, correct_statistic, StatisticForm

    def get_initial(self) -> dict[str, object]:
        row = self.target
        value = None if row.value is None else plain(row.value)
        return super().get_initial() | {"value": value}


class Surveys(ListPage):
    title = gettext_lazy("District surveys")
    intro = gettext_lazy("Not done, and done and found nobody, are different answers.")
    empty = gettext_lazy("An entry says of a place and a year whether it looked.")
    head = (
        gettext_lazy("Place"),
        gettext_lazy("Year"),
        gettext_lazy("Survey"),
        gettext_lazy("People found"),
        gettext_lazy("Source"),
        gettext_lazy("Belongs to"),
    )
    add_url = "studies:new-survey"
    add_label = gettext_lazy("Record a survey")

    def rows(self) -> list[Row]:
        rows = DistrictSurvey.objects.visible_to(self.actor).select_related(
            "jurisdiction", "office"
        )
        return [
            Row(
                [
                    Cell(str(row.jurisdiction), note=row.get_programme_display()),
                    Cell(row.year),
                    Cell(row.get_status_display(), tone=TONES[SurveyStatus(row.status)]),
                    Cell(_found(row)),
                    Cell(row.source),
                    Cell(whose(row)),
                ],
                self.change_url("studies:correct-survey", row),
                str(row),
            )
            for row in rows.order_by("-year", "-id")[:SHOWN]
        ]


def _found(row: DistrictSurvey) -> str | int | None:
    if row.status != SurveyStatus.DONE:
        return None
    if row.found is None:
        return _("not published")
    return row.found or _("nobody")
