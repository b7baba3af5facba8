"""The words of studies: how people were found and counted, and what figures are worth."""

from __future__ import annotations

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Method(TextChoices):
    """How a study found the people it counted."""

    CENSUS = "census", _("Every venue on the map")
    VENUES = "venues", _("A sample of venues")
    TIME_LOCATION = "time_location", _("Venues by day and hour")
    LINK_TRACING = "link_tracing", _("From person to person")
    RESPONDENT = "respondent_driven", _("Respondent-driven sample")
    RECAPTURE = "mark_recapture", _("Mark and recapture")
    LISTS = "multiple_lists", _("Several lists compared")

    # Nobody is visited twice: the share of the map that was visited narrows the interval.
    ONCE = nonmember(("census", "venues"))


class Phase(TextChoices):
    BASELINE = "baseline", _("Baseline")
    MIDLINE = "midline", _("Midline")
    ENDLINE = "endline", _("Endline")
    SINGLE = "single", _("Single")


class Judged(TextChoices):
    """By what somebody was held to be a minor."""

    OBSERVERS = "observers", _("Looks, judged by observers")
    STATED = "stated", _("What the person said")
    DOCUMENTS = "documents", _("Documents")


class StratumKind(TextChoices):
    PUBLIC = "public", _("Public establishments")
    PRIVATE = "private", _("Private networks")


class LeftOut(TextChoices):
    """Why a visit does not count."""

    TWICE = "twice", _("Entered twice")
    BROKEN_OFF = "broken_off", _("Broken off")
    DOUBTFUL = "doubtful", _("Counts in doubt")


class Basis(TextChoices):
    VISITS = "visits", _("From our visits")
    ENTERED = "entered", _("As published")


class Figuring(TextChoices):
    """How the share was worked out of what was counted."""

    COUNTED = "counted", _("Counted share")
    CALIBRATED = "calibrated", _("Calibrated to a second count")
    WEIGHTED = "weighted", _("Weighted")
    MODELLED = "modelled", _("From a model")


class Kind(TextChoices):
    """What an external statistic measures."""

    SHARE_MINORS = "share_minors", _("Share of minors")
    PEOPLE_HELD = "people_held", _("People held or exploited")
    VICTIMS = "victims", _("Victims found")
    INCIDENTS = "incidents", _("Incidents or cases")
    ARRESTS = "arrests", _("Arrests")
    CONVICTIONS = "convictions", _("Convictions")
    SURVIVORS_AIDED = "survivors_aided", _("Survivors rehabilitated")


class Unit(TextChoices):
    SHARE = "share", _("share")
    PERSONS = "persons", _("persons")
    INCIDENTS = "incidents", _("incidents")
    CASES = "cases", _("cases")
    JUDGMENTS = "judgments", _("judgments")
    UNKNOWN = "unknown", _("not stated")


class Quality(TextChoices):
    REGISTER = "register", _("Counted in a register")
    SURVEY = "survey", _("Survey")
    ESTIMATE = "estimate", _("Estimate")
    UNKNOWN = "unknown", _("How it was found is not stated")


class SurveyStatus(TextChoices):
    """Not done and none found are different things."""

    DONE = "done", _("Done")
    NOT_DONE = "not_done", _("Not done")
    UNKNOWN = "unknown", _("Not known whether done")
