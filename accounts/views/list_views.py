"""Views of lists: kept from the list as it is looked at, changed and removed by whoever kept them.

The pages take the filters in their own address, as they stand in that of the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.list_views import PAGES, address_of, look_at
from accounts.models import Office, SavedView
from accounts.services.list_views import change_view, choose_columns, remove_view, save_view
from core.access import EXISTS
from core.forms import words_of
from core.lists.forms import FILTERS
from core.lists.pagination import address
from core.web import FormPage, Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from accounts.models import User
    from core.access import ScopedQuerySet
    from core.lists.tables import Table


class ColumnsForm(forms.Form):
    """By hand: the columns are those of one list, as far as its reader is shown them."""

    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, table: Table, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        columns: forms.MultipleChoiceField = self.fields["columns"]  # type: ignore[assignment]
        first, *others = table.columns_for(user)
        columns.choices = [(other.name, other.label) for other in others]
        columns.help_text = _("“%(first)s” is always shown.") % {"first": first.label}


class ViewForm(ColumnsForm):
    """By hand: beside the columns, its name, and which of the offices one knows of sees it."""

    name = forms.CharField(max_length=60, **words_of(SavedView, "name"))
    office = forms.ModelChoiceField(
        Office.objects.none(),
        required=False,
        to_field_name="code",
        empty_label=gettext_lazy("Only I"),
        **words_of(SavedView, "office"),
    )
    field_order = ("name", "office", "columns")

    def __init__(self, *args: object, table: Table, user: User, **kwargs: object) -> None:
        super().__init__(*args, table=table, user=user, **kwargs)
        office: forms.ModelChoiceField[Office] = self.fields["office"]  # type: ignore[assignment]
        offices = Office.objects.filter(pk__in=user.scope.offices[EXISTS])
        office.queryset = offices.order_by("name")


class OfList(FormPage):
    """A page about a list as it is looked at now."""

    keeps_drafts = False
    template_name = "people/form.html"
    form_class: type[ColumnsForm] = ViewForm

    @cached_property
    def listed(self) -> str:
        listed: str = self.kwargs["listed"]
        return listed

    @property
    def table(self) -> Table:
        if self.listed not in FILTERS:
            raise Http404
        return FILTERS[self.listed].table

    @property
    def path(self) -> str:
        return reverse(PAGES[self.listed])

    def before(self) -> str:
        return address(self.path, self.request.GET.dict())

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"table": self.table, "user": self.actor}

    def get_initial(self) -> dict[str, object]:
        look = look_at(self.table, self.request.GET, self.path, self.actor)
        return {"columns": look.columns or [column.name for column in self.table.columns]}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(back_url=self.before(), **kwargs)


class NewView(OfList):
    permission, service = save_view.permission, save_view
    submit_label = gettext_lazy("Save the view")

    def act(self, form: BaseForm) -> str:
        query = self.request.GET.urlencode()
        kept = save_view(listed=self.listed, query=query, actor=self.actor, **form.cleaned_data)
        return address_of(kept, self.path)


class ChooseColumns(OfList):
    permission, service, once = choose_columns.permission, choose_columns, False
    form_class = ColumnsForm
    submit_label = gettext_lazy("Show these")

    def act(self, form: BaseForm) -> str:
        choose_columns(listed=self.listed, actor=self.actor, **form.cleaned_data)
        kept = {name: value for name, value in self.request.GET.items() if name != "view"}
        return address(self.path, kept)


class ChangeView(OfList):
    """With filters in its address it keeps these from now on."""

    model, permission, service = SavedView, change_view.permission, change_view
    submit_label = gettext_lazy("Save the view")

    def rows(self) -> ScopedQuerySet:
        return SavedView.objects.filter(owner=self.actor, usual=False).select_related("office")

    @cached_property
    def listed(self) -> str:
        listed: str = self.target.listed
        return listed

    @property
    def query(self) -> str:
        return self.request.GET.urlencode() or self.target.query

    def get_initial(self) -> dict[str, object]:
        view: SavedView = self.target
        return {
            "name": view.name,
            "office": view.office and view.office.code,
            "columns": view.columns or [column.name for column in self.table.columns],
        }

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        words = (
            _("It keeps the present filters and order of the list.")
            if self.request.GET
            else _("Its filters and its order stay as they are.")
        )
        return super().get_context_data(intro=words, **kwargs)

    def before(self) -> str:
        return super().before() if self.request.GET else reverse("people:views")

    def act(self, form: BaseForm) -> str:
        changed = change_view(
            self.target,
            version=self.version,
            query=self.query,
            actor=self.actor,
            **form.cleaned_data,
        )
        return address_of(changed, self.path)


class Views(Page):
    """The views that a person kept, and those that are shown to them."""

    permission = save_view.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = SavedView.objects.visible_to(self.actor).filter(usual=False)
        views = sorted(
            rows.select_related("owner", "office"), key=lambda row: (row.listed, row.name, row.pk)
        )
        lines = [
            {
                "row": row,
                "url": address_of(row, reverse(PAGES[row.listed])),
                "mine": row.owner_id == self.actor.pk,
            }
            for row in views
        ]
        return render(request, "people/views.html", {"views": lines})


class RemoveView(Page):
    """The button beside a view of one's own."""

    model, service = SavedView, remove_view

    def rows(self) -> ScopedQuerySet:
        return SavedView.objects.filter(owner=self.actor, usual=False)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        remove_view(self.target, actor=self.actor)
        return HttpResponseRedirect(reverse("people:views"))
