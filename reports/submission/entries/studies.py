"""Figures of studies, of others, of surveys, programmes and evaluations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.enums import Programme
from reports.submission.entries.entry import Entry
from reports.submission.studied import (
    Evaluated,
    Mapped,
    Published,
    PublishedIn,
    Reduced,
    Since,
    Studied,
    Surveyed,
)
from studies.enums import Kind, StratumKind

KOLKATA, MUMBAI, INDIA, CAMBODIA = "IN-WB-KOL", "IN-MH-MUM", "IN", "KH"
PUBLIC, PRIVATE = StratumKind.PUBLIC, StratumKind.PRIVATE
BONDED, CSEC = Programme.BONDED_LABOUR, Programme.CSEC
GOVERNMENT, BUREAU = "Government of India", "National Crime Records Bureau"
SCHOLARS, CENTRE, MINISTRY = "Gandhi Peace Foundation", "Centre for Education", "Ministry"
SHARE = _("Share of minors among the people a study counted, as published here.")
VISITED = _(
    "Sums over the stratum of public establishments: each establishment counts once, people at "
    "every visit."
)
OTHERS = _("Another body’s figure, entered with its publisher, year and area.")

STUDIES: dict[str, Entry] = {
    "S01": Entry(
        _("Year in which the first programme of the city began."),
        (Since(MUMBAI), Since(KOLKATA)),
        _("Every count “to date” begins on these days."),
    ),
    "S04": Entry(
        VISITED,
        (
            Mapped(KOLKATA, PUBLIC, "hotspots"),
            Mapped(KOLKATA, PUBLIC, "establishments"),
            Mapped(KOLKATA, PUBLIC, "counted"),
        ),
        _("Another source places the sixteen hotspots in Mumbai."),
    ),
    "S05": Entry(
        SHARE,
        (Studied(KOLKATA, PUBLIC),),
        _(
            "A calibrated estimate, not a plain share of the people of S04, so k cannot be worked "
            "out from it."
        ),
    ),
    "S06": Entry(
        SHARE,
        (
            Studied(KOLKATA, PRIVATE, "k"),
            Studied(KOLKATA, PRIVATE, "n"),
            Studied(KOLKATA, PRIVATE),
        ),
        _(
            "Not representative: people were found from person to person. It says nothing about "
            "the city. Do not test it against S05."
        ),
    ),
    "S07": Entry(
        VISITED,
        (Mapped(MUMBAI, PUBLIC, "establishments"), Mapped(MUMBAI, PUBLIC, "counted")),
    ),
    "S08": Entry(
        SHARE,
        (Studied(MUMBAI, PUBLIC),),
        _("An estimate from a design; the interval of the plain share would be too narrow."),
    ),
    "S09": Entry(
        SHARE,
        (Studied(MUMBAI, PRIVATE),),
        _(
            "The text does not say of how many people. The minors and people counted are those of "
            "the study on record. In the demonstration they are invented to give the share of the "
            "text, so their agreement proves nothing. Not representative: people were found from "
            "person to person."
        ),
    ),
    "S10": Entry(
        OTHERS,
        (
            Published(MINISTRY, Kind.PEOPLE_HELD, CSEC, INDIA),
            Published(MINISTRY, Kind.SHARE_MINORS, CSEC, INDIA),
        ),
        _(
            "An estimate for the nation; the studies are of places in two cities. There is no "
            "baseline, so no reduction is worked out."
        ),
    ),
    "S11": Entry(
        OTHERS,
        (
            Published(GOVERNMENT, Kind.PEOPLE_HELD, BONDED, INDIA),
            Published(GOVERNMENT, Kind.PEOPLE_HELD, BONDED, INDIA, "parts_number"),
        ),
        _(
            "S12 finds many more people in fewer states. The two are shown side by side and never "
            "added."
        ),
    ),
    "S12": Entry(
        OTHERS,
        (
            Published(SCHOLARS, Kind.PEOPLE_HELD, BONDED, INDIA),
            Published(SCHOLARS, Kind.PEOPLE_HELD, BONDED, INDIA, "parts_number"),
        ),
        _("Not of the same states as S11."),
    ),
    "S13": Entry(
        OTHERS,
        (Published(GOVERNMENT, Kind.SURVIVORS_AIDED, BONDED, INDIA),),
        _(
            "People paid for by the centre. They are fewer than the survey of S11 found, because "
            "not everybody found was paid for."
        ),
    ),
    "S14": Entry(
        OTHERS,
        (Published(CENTRE, Kind.SURVIVORS_AIDED, BONDED, INDIA, "parts_number"),),
        _("The report on bonded labour compares the state count with the central count."),
    ),
    "S15": Entry(
        OTHERS,
        (
            Published(BUREAU, Kind.INCIDENTS, BONDED, INDIA),
            Published(BUREAU, Kind.VICTIMS, BONDED, INDIA),
            Published(BUREAU, Kind.VICTIMS, BONDED, INDIA, "parts_number"),
        ),
        _("Another official series gives different numbers for the same year."),
    ),
    "S17": Entry(
        _("States with an entry that say the survey was done; counted: done, of all entries."),
        (Surveyed(INDIA),),
        _("“Found none” is a number; “not done” is not."),
    ),
    "S33": Entry(
        OTHERS,
        (Published("", Kind.SHARE_MINORS, CSEC, CAMBODIA),),
        _("An estimate; there was no study to compare with."),
    ),
    "S34": Entry(
        _("Year in which the first study of Cambodia was published."),
        (PublishedIn(CAMBODIA),),
        _(
            "The text dates the study to 2014, the file it names is from 2013, and the evaluation "
            "says 2012. Fieldwork and publication have different dates, so these cannot agree."
        ),
    ),
    "S36": Entry(
        _("Share of those asked who said so, in the evaluation of the programme in Cambodia."),
        (Evaluated(CAMBODIA),),
        _("The text does not say how many were asked. A share means nothing without that."),
    ),
    "S37": Entry(
        _("Year in which the first programme of the city began."),
        (Since("PH-MNL"), Since("PH-CEB"), Since("PH-PAM")),
        _(
            "“Over a decade” is not true of the city that began in 2012. The evaluation begins in "
            "2003, after Manila."
        ),
    ),
    "S39": Entry(
        _("The least and the greatest reduction of the pairs of the Philippines."),
        (Reduced("PH", min), Reduced("PH", max)),
        _(
            "The text gives no city, base or unit, and not all rounds were counted in the same "
            "way. A smaller share does not say how many children there are."
        ),
    ),
}
