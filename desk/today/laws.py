"""Of which countries the law is on record, and what does not work where it is not.

An organisation in a country that is none of ours works all the same, and is told so beforehand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from places.countries import country_in_words
from prosecutions.laws import kinds_known
from prosecutions.limits import CHARGE, COURT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def on_record(countries: Sequence[str], statutes: Sequence[str]) -> str:
    """`countries` of the offices; `statutes`: those of which a provision is on record."""
    if not countries:
        return _("They come with Casework, by the country of each office.")
    whole = [code for code in countries if not [*gaps([code], statutes)]]
    if not whole:
        return _(
            "Casework works in every country, but parts of your country’s law are not on record."
        )
    words = _(
        "They come with Casework. It has statutes and limits for custody and charges for:"
        " %(countries)s."
    )
    return words % {"countries": _names(whole)}


def gaps(countries: Sequence[str], statutes: Sequence[str]) -> Iterator[str]:
    """What is not there, a line each, with what to do instead."""
    if without := [code for code in countries if COURT not in kinds_known(code)]:
        yield _(
            "No custody limit is on record: %(countries)s. After an arrest 48 hours count until"
            " custody is recorded. Then no limit applies unless you enter one with the custody."
        ) % {"countries": _names(without)}
    if without := [code for code in countries if CHARGE not in kinds_known(code)]:
        yield _(
            "No limit for the charge is on record: %(countries)s. None applies unless you enter"
            " the day with the custody."
        ) % {"countries": _names(without)}
    if without := [code for code in countries if code not in statutes]:
        yield _(
            "No statute is on record: %(countries)s. You can record complaints, arrests and"
            " hearings; to file charges, propose its provisions here."
        ) % {"countries": _names(without)}


def _names(countries: Sequence[str]) -> str:
    return ", ".join(sorted(map(country_in_words, countries)))
