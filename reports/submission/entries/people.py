"""Figures about people, cases and networks: read out of the reports of the catalogue."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.enums import Programme
from reports.submission.counts import defined, networks_in_two_years
from reports.submission.entries.entry import CASES, SURVIVORS, Entry
from reports.submission.series import justice_by_year, operations_of_years
from reports.submission.sources import (
    Both,
    Cell,
    Counted,
    More,
    Persons,
    Rising,
    Standing,
    cells,
)

CSEC, OSEC, SOLD = Programme.CSEC, Programme.OSEC, Programme.SEX_TRAFFICKING
BONDED, FISHING = Programme.BONDED_LABOUR, Programme.TRAFFICKED_LABOUR
TWO_STATES = cells(CSEC, SOLD, of=("IN-WB", "IN-MH"))
ONLINE = cells(OSEC)  # of every country
OF_OSEC = {"programme": OSEC.value}
OURS = {"attribution": "own,supported"} | OF_OSEC


PEOPLE: dict[str, Entry] = {
    "S02": Entry(
        _(
            "Distinct girls brought to safety in West Bengal or Maharashtra in cases of sexual "
            "exploitation, certainly under 18 at identification, with at least one service."
        ),
        (
            Both(
                Persons("survivors-served", TWO_STATES),
                Persons("rescues-and-victims", TWO_STATES, of="girls"),
            ),
        ),
        _("The text says “over”: a lower bound. This is the exact count."),
        SURVIVORS,
    ),
    "S03": Entry(
        _(
            "Distinct persons convicted at first instance in West Bengal or Maharashtra in cases "
            "of sexual exploitation, without those whose every conviction was reversed on appeal."
        ),
        (Standing(TWO_STATES),),
        _("The text names neither the place nor the last day of the count."),
    ),
    "S16": Entry(
        _(
            "Natural persons convicted at first instance in cases of bonded labour in India; "
            "counted: those whose sentence is on record."
        ),
        (Cell("sentences", "IN|bonded_labour", "n"),),
        _("The text gives no number. The figure here says how completely sentences are recorded."),
    ),
    "S18": Entry(
        _("The most networks first identified within any two years up to the as-of day."),
        (Counted(networks_in_two_years),),
        _("The text does not say when its two years were."),
    ),
    "S19": Entry(
        _("Of the distinct persons known as members of a network, those arrested."),
        (Cell("networks", "arrested_share||", share=True),),
        _(
            "The denominator grows as more members become known, so the share is true of its day "
            "only. It is of all networks together. “Over half” is a lower bound."
        ),
    ),
    "S20": Entry(
        _("Distinct persons convicted in Cambodian courts in cases of trafficked labour."),
        (
            Persons("conviction-rate", cells(FISHING, of=("KH",))),
            Cell("conviction-rate", "KH|trafficked_labour", "rate", share=True),
        ),
        _(
            "Everybody with a verdict was convicted. They are few, so the interval is wide. The "
            "persons accused in Thailand have no verdict and are not counted."
        ),
    ),
    "S21": Entry(
        _("Survivors of trafficked labour brought to safety in Cambodia, with a service."),
        (Persons("survivors-served", cells(FISHING, of=("KH",))),),
        people=SURVIVORS,
    ),
    "S22": Entry(
        _("Distinct persons charged in Thailand in cases of trafficked labour, without a verdict."),
        (Cell("conviction-rate", "TH|trafficked_labour", "pending"),),
        _(
            "A person accused in Cambodia and in Thailand is one person. Do not add these to the "
            "persons convicted in S20."
        ),
    ),
    "S23": Entry(
        _(
            "Matters before courts of two countries or more whose people were identified in "
            "another country."
        ),
        (Cell("networks", "third_country_cases||"),),
        _("The text names no number."),
        CASES,
    ),
    "S24": Entry(
        _("Distinct cases of online sexual exploitation of children."),
        (Persons("conviction-rate", ONLINE, of="n", asked={"measure": "cr7"} | OF_OSEC),),
        _("The text says “over”: a lower bound. This is the exact count."),
        CASES,
    ),
    "S25": Entry(
        _("Distinct persons brought to safety in cases of online sexual exploitation."),
        (Persons("rescues-and-victims", ONLINE),),
        _("The text says “more than”: a lower bound. This is the exact count."),
        SURVIVORS,
    ),
    "S26": Entry(
        _(
            "Distinct persons convicted at first instance in cases of online sexual exploitation, "
            "in any country, by own work or with our support."
        ),
        (Persons("conviction-rate", ONLINE, asked=OURS),),
        _(
            "These include offenders tried abroad. S31 counts only convictions by Philippine "
            "courts. Do not add the two."
        ),
    ),
    "S27": Entry(
        _("Of the survivors of online exploitation whose age is known, those before 13."),
        (Cell("osec-profile", "twelve_or_younger|osec", share=True),),
        _(
            "People of unknown age are left out. Do not compare this share with S28, which is a "
            "mean."
        ),
        SURVIVORS,
    ),
    "S28": Entry(
        _(
            "Mean age at identification, in years, of the other survivors of sex trafficking whose "
            "age is known to the month."
        ),
        (
            Cell("osec-profile", "mean_age|other", times=1 / 12),
            Cell("osec-profile", "mean_age|other", times=1 / 12),
        ),
        _(
            "Both lines show one mean, compared with each end of the “16-17” of the text. “About” "
            "allows five per cent of either end, so a mean between them agrees with both. The "
            "text compares it with the share of S27, which is a different measure."
        ),
        SURVIVORS,
    ),
    "S29": Entry(
        _("The youngest survivor of online exploitation whose age is known to the month."),
        (Cell("osec-profile", "youngest|osec"),),
        _("About one child: never outside the organisation without a second person’s approval."),
        SURVIVORS,
    ),
    "S30": Entry(
        _(
            "Whether, among survivors of online exploitation, both the share of boys and the share "
            "with siblings are greater than among those of other sex trafficking."
        ),
        (
            More(
                tuple(
                    (
                        Cell("osec-profile", f"{measure}|osec"),
                        Cell("osec-profile", f"{measure}|other"),
                    )
                    for measure in ("male", "siblings")
                )
            ),
        ),
        _("The text gives no number. Counted here: boys, of those whose sex is known."),
        SURVIVORS,
    ),
    "S31": Entry(
        _(
            "Distinct persons first arrested in Philippine cases of online sexual exploitation; "
            "distinct persons convicted of it in Philippine courts."
        ),
        (
            Persons(
                "conviction-rate",
                cells(OSEC, of=("PH",)),
                of="n",
                asked={"measure": "cr4"} | OF_OSEC,
            ),
            Persons("conviction-rate", cells(OSEC, of=("PH",))),
        ),
        _(
            "Convictions per arrest are a yield, not a conviction rate. The text does not say "
            "whether it counts persons or judgments; persons are counted here."
        ),
    ),
    "S32": Entry(
        _(
            "Of the cases of online sexual exploitation with an incident on record, those with "
            "one that meets all three elements: produced to be shown online, with the viewer "
            "elsewhere, for compensation."
        ),
        (Counted(defined),),
        _("A definition, not a count. Later law no longer asks for compensation."),
        CASES,
    ),
    "S35": Entry(
        _(
            "Whether raids, sites closed and people brought to safety in sex trafficking cases of "
            "Cambodia rise from year to year, and prosecutions filed, up to 2015."
        ),
        (Rising(operations_of_years, "KH", 2003, 2015),),
        _(
            "A judgment of evaluators of the programme in Cambodia, who gave no numbers. Here: the "
            "slope of each count by year."
        ),
    ),
    "S38": Entry(
        _(
            "Philippines, sex trafficking not online: distinct persons brought to safety, and "
            "distinct persons convicted at first instance."
        ),
        (
            Persons("rescues-and-victims", cells(CSEC, SOLD, of=("PH",))),
            Persons("conviction-rate", cells(CSEC, SOLD, of=("PH",))),
        ),
        _(
            "Cases of online exploitation (S25, S26) are not counted here; the text does not say "
            "whether it counts them. It says “over” of both: lower bounds."
        ),
    ),
    "S40": Entry(
        _(
            "Whether prosecutions filed and persons convicted in sex trafficking cases of the "
            "Philippines rise from year to year, 2003 to 2016."
        ),
        (Rising(justice_by_year, "PH", 2003, 2016),),
        _("The text gives no numbers. Here: the slope of each count by year."),
    ),
}
