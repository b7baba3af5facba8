"""Nothing typed is lost: what stands in a form and is not saved is kept on the server.

Pages with a form (`FormPage`) do it by themselves, and no page says anything of it. A script sends
the form to its own address while somebody types (`static/js/drafts.js`); so whoever may not open
the form neither keeps a draft there nor is shown one, and a lost right takes the draft along. When
the form is opened again, the draft is offered; nothing is filled in before its person says so.

It is encrypted as a field of the record is, belongs to one person at one address, and nobody else
reads it (`core/wall/drafts.sql`). It goes when the form is saved, when its person throws it away or
is deactivated, with the record it is about, and some days after the last word. The history, which
tells what was done, tells nothing of it. Passwords and files are never kept, nor what is typed
where nothing is saved: a search, a reason to look.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import orjson
from django import forms
from django.conf import settings
from django.forms.utils import ErrorDict
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core import audit
from core.api.throttles import PerDraft
from core.drafting import Draft
from core.models import IdempotencyKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model
    from django.http import HttpRequest

    from core.access import Actor

ASKED, KEEP, DROP, USE = "_draft", "keep", "drop", "use"
MOST_BYTES = 60_000  # what a browser still sends while its page is closed is 64 kB
LONGEST_ADDRESS = 200
MOST = 100  # of one person; then the oldest goes
NOT_TYPED = {ASKED, "csrfmiddlewaretoken", "key"}


@dataclass(frozen=True)
class Offer:
    """What a page says of drafts. `keeps`: otherwise it warns whoever leaves; `kept_at`: when what
    is offered was typed, if anything is."""

    keeps: bool
    kept_at: datetime | None
    in_form: bool  # it stands in the form, on the word of its person
    use_url: str
    drop_url: str
    takes_files: bool


def draft_of(person: Actor, address: str) -> Draft | None:
    """What this person typed there, as long as it is kept."""
    since = timezone.now() - settings.DRAFT_LIFETIME
    mine = Draft.objects.visible_to(person).filter(kept_at__gte=since)
    draft: Draft | None = mine.filter(pk=Draft.key(person.pk, address)).first()
    return draft


def keep(person: Actor, address: str, typed: str, about: list[UUID]) -> None:
    """Instead of what was kept there before. Of too many the oldest go."""
    draft = Draft(
        pk=Draft.key(person.pk, address),
        person_id=person.pk,
        address=address,
        about=about,
        content=typed,
        kept_at=timezone.now(),
    )
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["about", "content", "kept_at"],
    )
    mine = Draft.objects.visible_to(person)
    beyond = mine.order_by("-kept_at", "pk").values("pk")[MOST:]
    mine.filter(pk__in=list(beyond.values_list("pk", flat=True))).delete()


def drop(person: Actor, address: str) -> None:
    """It was saved, or thrown away."""
    Draft.objects.visible_to(person).filter(pk=Draft.key(person.pk, address)).delete()


def about(row: Model | None, person: Actor) -> list[UUID]:
    """The row of a form, its case and its persons."""
    return [] if row is None else [pk for pk in {row.pk, *audit.about([row], person)} if pk]


@dataclass(frozen=True)
class DraftsOfForm:
    """What the page of a form does with drafts; nothing, unless it `keeps` them."""

    request: HttpRequest
    keeps: bool
    takes_files: bool

    @property
    def person(self) -> Actor:
        """Pages with a form are for those who are signed in (`Page`)."""
        return cast("Actor", self.request.user)

    @cached_property
    def kept(self) -> Draft | None:
        """What is offered on opening the form."""
        asks = self.keeps and self.request.method == "GET"
        return draft_of(self.person, self.request.path) if asks else None

    @cached_property
    def used(self) -> QueryDict | None:
        """What was typed before, once its person wants it back."""
        if self.kept is None or self.request.GET.get("draft") != USE:
            return None
        typed = QueryDict(mutable=True)
        for name, values in orjson.loads(self.kept.content):
            typed.setlist(name, values)
        return typed

    @property
    def given(self) -> dict[str, object]:
        """What the form is made of beside what the page gives it."""
        return {} if self.used is None else {"data": self.used}

    @property
    def version(self) -> str:
        """The version of the row that was read when it was typed: whoever changed it since is
        seen before anything is overwritten."""
        return self.used.get("version", "") if self.used else ""

    def shown(self, context: dict[str, object]) -> dict[str, object]:
        """What the page shows. Half a form has no faults yet: it is not saved."""
        form = context.get("form")
        if self.used is not None and isinstance(form, forms.BaseForm):
            form._errors = ErrorDict()  # type: ignore[attr-defined]
        return context | {"drafts": self._offer()}

    def _offer(self) -> Offer:
        plain = self.request.GET.copy()
        plain.pop("draft", None)
        used = plain.copy()
        used["draft"] = USE
        return Offer(
            keeps=self.keeps,
            kept_at=self.kept.kept_at if self.kept else None,
            in_form=self.used is not None,
            use_url=f"?{used.urlencode()}",
            drop_url=f"?{plain.urlencode()}" if plain else self.request.path,
            takes_files=self.takes_files,
        )

    def forget(self) -> None:
        """It was saved."""
        if self.keeps:
            drop(self.person, self.request.path)

    def answer(
        self, row: Model | None, get_form: Callable[[], forms.BaseForm]
    ) -> HttpResponse | None:
        """To whoever keeps one here or throws it away; nothing to whoever does not."""
        request = self.request
        asked = request.POST.get(ASKED) if request.method == "POST" else None
        if asked is None:
            return None
        if asked == DROP and self.keeps:
            drop(self.person, request.path)
            return HttpResponseRedirect(self._offer().drop_url)
        if asked != KEEP or not self.keeps or request.FILES:
            return HttpResponseBadRequest()
        if seconds := PerDraft().seconds_to_wait(request):
            return HttpResponse(status=429, headers={"Retry-After": str(seconds)})
        return self._keep(row, get_form())  # who may not write here is told so

    def _keep(self, row: Model | None, form: forms.BaseForm) -> HttpResponse:
        sent, address = self.request.POST, self.request.path
        typed = _typed(sent, form)
        if len(typed) > MOST_BYTES or len(address) > LONGEST_ADDRESS:
            words = _("This is too long to be kept as a draft. Save it before you leave this page.")
            return HttpResponse(words, status=413, content_type="text/plain; charset=utf-8")
        if not _is_saved(self.person, sent.get("key", "")):
            keep(self.person, address, typed.decode(), about(row, self.person))
        return HttpResponse(status=204)


def _typed(sent: QueryDict, form: forms.BaseForm) -> bytes:
    """All that was sent but what is of this sending alone, and what must never be kept."""
    secret = {
        form.add_prefix(name)
        for name, field in form.fields.items()
        if isinstance(field.widget, forms.PasswordInput | forms.FileInput)
    }
    return orjson.dumps([pair for pair in sent.lists() if pair[0] not in NOT_TYPED | secret])


def _is_saved(person: Actor, key: str) -> bool:
    """Whether the form was saved meanwhile: its last draft may arrive after it."""
    return bool(key) and IdempotencyKey.objects.filter(actor=person.pk, key=key[:80]).exists()
