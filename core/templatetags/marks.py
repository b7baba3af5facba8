"""What stands in every row: icons, states, days, boxes to tick. No template for each of them."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING

from django import template
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from uuid import UUID

register = template.Library()
ICONS = {"ok": "check", "warn": "clock", "danger": "triangle-alert", "info": "info", "plum": "lock"}


def filled(pattern: str, *words: object) -> SafeString:
    """As `format_html`, which asks of each of the thousand words of a page whether it is lazy."""
    safe = (w.__html__() if hasattr(w, "__html__") else escape(str(w)) for w in words)
    return SafeString(pattern.format(*safe))


@register.simple_tag(name="icon")
@cache
def icon_of(name: str, *, flip: bool = False) -> str:
    """A picture of the set; it says nothing that no word says."""
    return filled(
        '<svg class="i{}" aria-hidden="true" focusable="false">\n<use href="{}#{}"/>\n</svg>',
        " i--flip" if flip else "",
        static("icons.svg"),
        name,
    )


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """Codes of the languages of the interface, and their own names: Django’s tag translates these,
    and a reader of one would not find it in another."""
    return settings.LANGUAGES


@register.simple_tag
def months() -> str:
    """As days in words shorten them, for the scripts that write one (`static/js/moments.js`)."""
    return "|".join(date_format(date(2026, month, 1), "M") for month in range(1, 13))


@register.simple_tag
def written(text: str, language: str) -> str:
    """What somebody wrote, in its language and direction; in that of its letters where nobody said
    in which it is."""
    if not language:
        return filled("<bdi>{}</bdi>", text)
    way = "rtl" if LANG_INFO.get(language, {}).get("bidi") else "ltr"
    return filled('<bdi lang="{}" dir="{}">{}</bdi>', language, way, text)


@register.simple_tag(name="tag")
def tag_of(label: str, tone: str = "", icon: str = "") -> str:
    """A state in a word: its tone (ok warn danger info plum brand, or none) with the tone's icon,
    or another."""
    return _tag_of(label if hasattr(label, "__html__") else str(label), tone, icon)


@lru_cache(maxsize=1000, typed=True)  # what is escaped is not what is safe
def _tag_of(label: str, tone: str, icon: str) -> str:
    """The same states stand in many rows."""
    symbol = icon or ICONS.get(tone, "")
    return filled(
        '<span class="tag{}{}">\n{}\n<bdi>{}</bdi>\n</span>',
        " tag--" if tone and tone != "mute" else "",
        tone if tone != "mute" else "",
        icon_of(symbol) if symbol else "",
        label,
    )


@register.simple_tag(name="day")
def day_of(day: date | None, among: str = "") -> str:
    """A day in words; nothing where there is none. `among`: classes beside it."""
    return "" if day is None else _day_of(day, among, get_language())


@lru_cache(maxsize=1000)
def _day_of(day: date, among: str, _language: str | None) -> str:
    """The same days stand in many rows."""
    classes = filled(' class="{}"', among) if among else ""
    words = date_format(day, "j M Y")
    return filled('<time{} datetime="{}">{}</time>', classes, f"{day:%Y-%m-%d}", words)


@register.simple_tag(name="tick")
def tick_of(key: UUID | str, called: str, form: str = "") -> str:
    """The box by which a row of a list is chosen. `called`: what tells the row from others; `form`:
    the id of the form it belongs to, where that is not around it."""
    return filled(
        '<label class="choose__box">\n'
        '<input type="checkbox" name="row" value="{}"{}><span\nclass="vh">{}</span>\n</label>',
        key,
        filled(' form="{}"', form) if form else "",
        _("Choose %(called)s") % {"called": called},
    )


@register.simple_tag(name="several")
def several_of(first: str, others: int) -> str:
    """One of several by name, and how many more there are."""
    if not others:
        return filled("<bdi>{}</bdi>", first)
    more = '<bdi>{}</bdi>\n<span class="mute num">+{}<span class="vh"> {}</span></span>'
    return filled(more, first, others, _("more"))
