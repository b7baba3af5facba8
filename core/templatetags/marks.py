"""What stands in every row: icons, states, days, boxes to tick. No template for each of them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

register = template.Library()
ICONS = {"ok": "check", "warn": "clock", "danger": "triangle-alert", "info": "info", "plum": "lock"}


@register.simple_tag(name="icon")
@cache
def icon_of(name: str, *, flip: bool = False) -> str:
    """A picture of the set; it says nothing that no word says."""
    return format_html(
        '<svg class="i{}" aria-hidden="true" focusable="false">\n<use href="{}#{}"/>\n</svg>',
        " i--flip" if flip else "",
        static("icons.svg"),
        name,
    )


@register.simple_tag(name="tag")
def tag_of(label: str, tone: str = "", icon: str = "") -> str:
    """A state in a word: its tone (ok warn danger info plum brand, or none) with the tone's icon,
    or another."""
    shown = icon or ICONS.get(tone, "")
    return format_html(
        '<span class="tag{}{}">\n{}\n<bdi>{}</bdi>\n</span>',
        " tag--" if tone and tone != "mute" else "",
        tone if tone != "mute" else "",
        icon_of(shown) if shown else "",
        label,
    )


@register.simple_tag(name="day")
def day_of(day: date | None, among: str = "") -> str:
    """A day in words; nothing where there is none. `among`: classes beside it."""
    return "" if day is None else _day_of(day, among, get_language())


@lru_cache(maxsize=1000)
def _day_of(day: date, among: str, _language: str | None) -> str:
    """The same days stand in many rows."""
    classes = format_html(' class="{}"', among) if among else ""
    words = date_format(day, "j M Y")
    return format_html('<time{} datetime="{}">{}</time>', classes, f"{day:%Y-%m-%d}", words)


@register.simple_tag(name="tick")
def tick_of(key: UUID | str, called: str, form: str = "") -> str:
    """The box by which a row of a list is chosen. `called`: what tells the row from others; `form`:
    the id of the form it belongs to, where that is not around it."""
    return format_html(
        '<label class="choose__box">\n'
        '<input type="checkbox" name="row" value="{}"{}><span\nclass="vh">{}</span>\n</label>',
        key,
        format_html(' form="{}"', form) if form else "",
        _("Choose %(called)s") % {"called": called},
    )


@register.simple_tag(name="several")
def several_of(first: str, others: int) -> str:
    """One of several by name, and how many more there are."""
    if not others:
        return format_html("<bdi>{}</bdi>", first)
    more = '<bdi>{}</bdi>\n<span class="mute num">+{}<span class="vh"> {}</span></span>'
    return format_html(more, first, others, _("more"))
