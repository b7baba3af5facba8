"""An entry goes through the page of its verb, as if its writer had sent it there at this moment.

Nothing of the page is shown. The page asks whether its writer may, whether the row is open and the
form is right, and does it once by the key of the form, as ever.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from casework.files.arriving import Upload
from casework.files.received import Received
from casework.services.cases import require_content
from core.files.vault import CHUNK
from core.forms import DayField
from core.refusals import gettext as _
from core.refusals import of_django, together
from core.services import Refused
from intake.models import BoxKind
from intake.phones.kinds import KINDS, case_named, case_of, row_meant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.core.files.uploadedfile import UploadedFile
    from django.forms import BaseForm
    from django.http import QueryDict

    from accounts.models import User
    from casework.models import Case, CaseRecord
    from intake.models import Box
    from intake.phones.content import Enclosed, Entered
    from intake.phones.kinds import Kind


def send(box: Box, entry: Entered, actor: User) -> Case:
    """Do what it says, as its writer; of which case. Raises what the page raises, `Refused`."""
    kind = KINDS[BoxKind(box.kind)]
    row = row_meant(kind, entry.fields, actor)
    if row is None:
        if named := case_named(entry.fields, actor):
            require_content(named, actor)
        raise Refused(_("It does not name one record that is open to you. Say which one is meant."))
    case = case_of(row)
    if empty_days(kind, entry.fields):
        require_recent(box)
    page = kind.view()
    with uploads(entry.files) as files:
        fields = with_days(kind, entry.fields, box, case)
        page.setup(_request(kind, row, fields, files, actor), pk=row.pk)
        page.require()
        form = page.get_form()
        require_valid(form)
        page.send(form)
    return case


def require_valid(form: BaseForm) -> None:
    if not form.is_valid():
        errors = (error for errors in form.errors.as_data().values() for error in errors)
        raise Refused(together(dict.fromkeys(map(of_django, errors))))


def empty_days(kind: Kind, fields: QueryDict) -> list[str]:
    """The days that must be said and were not."""
    asked = kind.fields.items()
    days = (name for name, field in asked if isinstance(field, DayField) and field.required)
    return [name for name in days if not fields.get(name)]


def with_days(kind: Kind, fields: QueryDict, box: Box, case: Case) -> QueryDict:
    """A day that was not said is the one on which it was written, there; unless nobody can tell."""
    if box.lay_long:
        return fields
    day = case.jurisdiction.clock(box.happened_at).date().isoformat()
    filled = fields.copy()
    for name in empty_days(kind, fields):
        filled[name] = day
    return filled


def require_recent(box: Box) -> None:
    if box.lay_long:
        raise Refused(_("It was on the phone for a long time. Say when it happened."))


@contextmanager
def uploads(enclosed: Sequence[Enclosed]) -> Iterator[MultiValueDict[str, UploadedFile]]:
    """Its files, kept encrypted as those of a request; what no row names then is taken away."""
    files: MultiValueDict[str, UploadedFile] = MultiValueDict()
    try:
        for part in enclosed:
            fits = len(part.data) <= settings.MOST_FILE_BYTES
            pieces = (part.data[at : at + CHUNK] for at in range(0, len(part.data), CHUNK))
            kept = Received.of(pieces) if fits else None
            files.appendlist(part.field, Upload(part.name, kept, len(part.data)))
        yield files
    finally:
        for _field, several in files.lists():
            for file in several:
                file.close()


def _request(
    kind: Kind,
    row: Case | CaseRecord,
    fields: QueryDict,
    files: MultiValueDict[str, UploadedFile],
    actor: User,
) -> HttpRequest:
    """As the page would get it from its writer; its session is nobody's, and ends here."""
    request = HttpRequest()
    request.method, request.path = "POST", reverse(kind.page, args=[row.pk])
    request.POST, request.user = fields, actor  # type: ignore[assignment]
    for field, several in files.lists():
        request.FILES.setlist(field, several)
    request.session = SessionBase()
    return request
