"""What form tools (XLSForm, ODK, Kobo) put beside the answers of a form: known, and left out."""

from __future__ import annotations

import re

from exchange.standards.htcds import FIELDS, code, column

# Each submission keeps its own: one of them tells it from every other, however it is exported.
NUMBERS = ("_uuid", "meta/instanceID", "meta-instanceID", "instanceID", "KEY")
MOMENTS = ("start", "end")
OF_XLSFORM = """
    today deviceid subscriberid simserial username audit __version__ _version_ formhub/uuid
    meta/instanceName meta/rootUuid meta/deprecatedID meta/audit meta-instanceName instanceName"""
OF_KOBO = """
    _id _index _parent_index _parent_table_name _submission__id _submission__uuid _submission_time
    _submitted_by _validation_status _status _notes _tags _xform_id_string _attachments
    _geolocation _bamboo_dataset_id"""
OF_ODK = """
    SubmissionDate SubmitterID SubmitterName AttachmentsPresent AttachmentsExpected Status
    ReviewState DeviceID Edits FormVersion"""
ABOUT_IT = frozenset((*NUMBERS, *MOMENTS, *f"{OF_XLSFORM}{OF_KOBO}{OF_ODK}".split()))


def left_out(heads: list[str]) -> list[str]:
    """Those columns that are no answers, and those that say once more, choice by choice, what
    another column says."""
    fields = {column(head) for head in heads}
    return [head for head in heads if head in ABOUT_IT or _choice_of(head) in fields]


def _choice_of(head: str) -> str:
    """The field whose choice a column says with 0 or 1, as Kobo and ODK split them."""
    name, _between, choice = re.sub(r"^([A-Za-z_]+)[/.]", r"\1/", head).partition("/")
    of = FIELDS.get(column(name))
    return of.name if of and of.codes and choice and code(of, choice) else "-"


def number_of(heads: list[str], cells: list[str]) -> str:
    """What tells a submission from every other, if its tool says so."""
    by_head = dict(zip(heads, cells, strict=False))
    return next((by_head[name] for name in NUMBERS if by_head.get(name)), "")
