"""The page on which the outline of a place is drawn."""

from __future__ import annotations

import orjson

from core.verbs.forms import form_of
from places.forms.fields import KeepForm, OutlineBox
from places.models import Jurisdiction, Outline
from places.services.outlines import draw_place
from places.views.lists import KeepPage


class DrawPlace(KeepPage):
    """By hand: the outline there is stands in a table of its own."""

    model, service = Jurisdiction, draw_place
    form_class = form_of(draw_place, KeepForm, on={"outline": OutlineBox})
    listed = "places:places"
    keeps_drafts = False  # as long as a book

    def get_initial(self) -> dict[str, object]:
        known = Outline.objects.filter(place=self.target).first()
        shape = {"outline": orjson.dumps(known.geometry).decode()} if known else {}
        return super().get_initial() | shape
