"""Icons and states, which stand in every row: written without a template for each."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()
ICONS = {"ok": "check", "warn": "clock", "danger": "triangle-alert", "info": "info", "plum": "lock"}


@register.simple_tag(name="icon")
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
