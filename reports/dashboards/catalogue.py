"""The five dashboards. What each figure counts is said by its report."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from reports.dashboards.declared import DASHBOARDS, Dashboard, Panel, Tile

__all__ = ["DASHBOARDS"]

Dashboard(
    slug="field-office",
    title=_("Field office"),
    lead=_("What operations achieved, where, and whether people were looked after afterwards."),
    roles=frozenset({Role.FIELD_OFFICER, Role.CASE_MANAGER}),
    tiles=(
        Tile(_("Rescues"), "operations", "rescues", ("by-year", "rescues")),
        Tile(_("Brought to safety"), "operations", "rescued", ("by-year", "rescued")),
        Tile(_("Arrested in them"), "operations", "arrested", ("by-year", "arrested")),
        Tile(_("Sites closed"), "operations", "sites_closed", ("by-year", "sites_closed")),
    ),
    panels=(
        Panel(
            "by-place",
            _("People brought to safety, by place"),
            "operations",
            "map",
            shows=("rescued",),
            wide=True,
        ),
        Panel("rescues", _("Rescues, by place"), "operations", "places", shows=("rescues",)),
        Panel(
            "served-by-year",
            _("Survivors served, by the year of their rescue"),
            "survivors-served",
            "rates",
            by_year=True,
        ),
        Panel(
            "by-year",
            _("Year by year"),
            "operations-by-year",
            "counts",
            shows=("rescues", "rescued", "arrested", "sites_closed"),
            wide=True,
        ),
        Panel(
            "served",
            _("Survivors served, and how sure we can be"),
            "survivors-served",
            "forest",
            wide=True,
        ),
    ),
    trusts=("agency_recorded", "age_known", "sex_known", "served"),
)

Dashboard(
    slug="legal",
    title=_("Legal"),
    lead=_("How prosecutions end, where they stop, and how long they take."),
    roles=frozenset({Role.LEGAL_OFFICER}),
    tiles=(
        Tile(_("Conviction rate"), "conviction-rate", "rate", ("by-year", "rate")),
        Tile(_("Median time from filing to decision"), "time-to-verdict", "median|proceeding|"),
        Tile(_("Proceedings pending"), "clearance", "pending_end"),
        Tile(_("Proceedings with no next date"), "hearings", "no_next_date"),
    ),
    panels=(
        Panel(
            "by-place",
            _("Conviction rate, by place"),
            "conviction-rate",
            "map",
            shows=("rate",),
            wide=True,
        ),
        Panel("rate", _("Conviction rate, and how sure we can be"), "conviction-rate", "forest"),
        Panel(
            "by-year",
            _("Conviction rate, by the year of the verdict"),
            "conviction-rate",
            "rates",
            by_year=True,
        ),
        Panel("stages", _("Where prosecutions stop"), "attrition-funnel", "funnel"),
        Panel("time", _("How long it takes"), "time-to-verdict", "survival", wide=True),
        Panel("adjourned", _("Why hearings were adjourned"), "hearings", "reasons"),
        Panel(
            "no-next-date",
            _("Proceedings with no next date, by place"),
            "hearings",
            "places",
            shows=("no_next_date",),
        ),
    ),
    trusts=("sentence_recorded", "survivor_named", "result_recorded", "reason_recorded"),
)

Dashboard(
    slug="aftercare",
    title=_("Aftercare"),
    lead=_("Whether survivors are looked after, recover, and are paid what they are owed."),
    roles=frozenset({Role.AFTERCARE_WORKER}),
    tiles=(
        Tile(_("Restored at closing"), "aftercare-outcomes", "restored|"),
        Tile(_("Assessment overdue"), "aftercare-outcomes", "assessment_overdue|"),
        Tile(_("Followed up, of those due"), "aftercare-outcomes", "followed_up|"),
        Tile(_("Survivors served"), "survivors-served", "rate", ("by-year", "rate")),
    ),
    panels=(
        Panel(
            "outcomes",
            _("How survivors recover"),
            "aftercare-outcomes",
            "shares",
            shows=(
                "restored",
                "assessment_overdue",
                "followed_up",
                "lost",
                "safe",
                "school_or_work",
                "revictimised",
            ),
        ),
        Panel(
            "served", _("Survivors served, and how sure we can be"), "survivors-served", "forest"
        ),
        Panel(
            "by-place",
            _("Survivors served, by place"),
            "survivors-served",
            "map",
            shows=("rate",),
            wide=True,
        ),
        Panel(
            "by-year",
            _("Survivors served, by the year of their rescue"),
            "survivors-served",
            "rates",
            by_year=True,
        ),
        Panel(
            "owed",
            _("Bonded labour: certificates and payment"),
            "bonded-labour-reconciliation",
            "shares",
            shows=("with_certificate", "immediate_relief", "fully_paid"),
        ),
        Panel(
            "profile",
            _("Survivors of online exploitation, beside others"),
            "osec-profile",
            "shares",
            shows=("twelve_or_younger", "minors", "male", "siblings"),
        ),
    ),
    trusts=("age_known", "sex_known", "served"),
)

Dashboard(
    slug="programme",
    title=_("Programme"),
    lead=_("Whether a programme reaches people, whether courts follow, and what studies found."),
    roles=frozenset({Role.PROGRAMME_MANAGER}),
    tiles=(
        Tile(_("Brought to safety"), "operations", "rescued", ("by-year", "rescued")),
        Tile(_("Survivors served"), "survivors-served", "rate"),
        Tile(_("Conviction rate"), "conviction-rate", "rate", ("rate-by-year", "rate")),
        Tile(_("Restored at closing"), "aftercare-outcomes", "restored|"),
    ),
    panels=(
        Panel(
            "by-place", _("Rescues, by place"), "operations", "map", shows=("rescues",), wide=True
        ),
        Panel("stages", _("Where prosecutions stop"), "attrition-funnel", "funnel"),
        Panel("rate", _("Conviction rate, and how sure we can be"), "conviction-rate", "forest"),
        Panel(
            "rate-by-year",
            _("Conviction rate, by the year of the verdict"),
            "conviction-rate",
            "rates",
            by_year=True,
        ),
        Panel(
            "by-year",
            _("Year by year"),
            "operations-by-year",
            "counts",
            shows=("rescues", "rescued", "arrested", "sites_closed"),
            wide=True,
        ),
        Panel(
            "prevalence",
            _("Minors, of the people studies counted"),
            "prevalence",
            "shares",
            wide=True,
        ),
        Panel("change", _("Before and after"), "baseline-endline", "shares", wide=True),
        Panel("evaluations", _("What evaluations found"), "evaluations", "shares", wide=True),
    ),
    trusts=("agency_recorded", "age_known", "served", "sentence_recorded"),
    watches=(
        Tile(_("Proceedings with no next date"), "hearings", "no_next_date"),
        Tile(_("Hearings without a result"), "hearings", "result_missing"),
        Tile(_("Assessment overdue"), "aftercare-outcomes", "assessment_overdue|"),
    ),
)

Dashboard(
    slug="data-quality",
    title=_("Data quality"),
    lead=_("How much of what a figure needs is on record, and what to ask for next."),
    roles=frozenset({Role.DATA_OFFICER}),
    tiles=(
        Tile(_("Age known to the month"), "data-quality", "age_known"),
        Tile(_("Charges that name a survivor"), "data-quality", "survivor_named"),
        Tile(_("Hearings with a result"), "data-quality", "result_recorded", ("by-year", "value")),
        Tile(_("Sentence recorded"), "data-quality", "sentence_recorded"),
    ),
    panels=(
        Panel("complete", _("How complete the records are"), "data-quality", "shares"),
        Panel(
            "by-year",
            _("Hearings with a result, by the year they were listed"),
            "data-quality",
            "rates",
            shows=("result_recorded",),
            by_year=True,
        ),
        Panel(
            "ages-by-year",
            _("Age known to the month, by the year of the rescue"),
            "data-quality",
            "rates",
            shows=("age_known",),
            by_year=True,
        ),
        Panel(
            "by-place",
            _("Hearings without a result, by place"),
            "hearings",
            "map",
            shows=("result_missing",),
            wide=True,
        ),
        Panel(
            "no-next-date",
            _("Proceedings with no next date, by place"),
            "hearings",
            "places",
            shows=("no_next_date",),
        ),
        Panel("stages", _("Stages left out on the way"), "attrition-funnel", "funnel"),
    ),
    trusts=("agency_recorded", "sex_known", "reason_recorded"),
)
