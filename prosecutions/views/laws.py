"""What the law of a country says: a list of its provisions, what waits, and one page for each."""

from __future__ import annotations

from collections import Counter
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import ChangeOutcome, Office
from accounts.permissions import Perm
from core.days import clock
from core.web import FormPage, Page
from places.countries import country_in_words
from places.currencies import currency_of
from places.enums import JurisdictionLevel
from places.history import history_of
from places.models import Jurisdiction
from prosecutions.enums import LawKind
from prosecutions.laws import LIMITS
from prosecutions.models import LawVersion, Provision
from prosecutions.services.law_effects import Effect, effect_before, read_effect
from prosecutions.stages import ELSEWHERE, StageTable

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

LONGEST = 60  # signs of what is searched for
MOST = 300  # provisions of a list; the search finds the others


class Laws(Page):
    """The law of one country, and of all what waits for a second person. No case is in it."""

    permission = Perm.SESSION_LOCK  # everybody may read it

    def get(self, request: HttpRequest) -> HttpResponse:
        countries = self.countries()
        code = request.GET.get("kind", "")
        code = code if code in dict(countries) else self.usual(countries)
        sought = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
        proposes = self.actor.has_perm(Perm.LAW_PROPOSE)
        propose_url = f"{reverse('prosecutions:propose-provision')}?country={code}"
        waiting = LawVersion.objects.visible_to(self.actor).waiting()
        confirmed = self.confirmed(code)
        context = {
            "countries": countries,
            "code": code,
            "country": dict(countries).get(code, ""),
            "sought": sought,
            "rows": self.provisions(code, sought),
            "limits": [row for row in confirmed if row.is_limit],
            "stages": self.stages(code, confirmed),
            "waiting": waiting.select_related(*LawVersion.shown_with),
            "proposes": proposes,
            "propose_url": propose_url if proposes else "",
            "today": clock.today(),
        }
        return render(request, "prosecutions/laws.html", context)

    def countries(self) -> list[tuple[str, str]]:
        rows = Jurisdiction.objects.active().filter(level=JurisdictionLevel.COUNTRY)
        named = [(code, country_in_words(code)) for code in rows.values_list("code", flat=True)]
        return sorted(named, key=lambda pair: pair[1])

    def usual(self, countries: list[tuple[str, str]]) -> str:
        """Of the office of the reader; of one who works everywhere, where most offices are."""
        held = self.actor.memberships.in_force().filter(office__jurisdiction__isnull=False)
        if place := held.values_list("office__jurisdiction__code", flat=True).first():
            return place[:2]
        placed = Office.objects.real().filter(jurisdiction__isnull=False)
        places = Counter(code[:2] for code in placed.values_list("jurisdiction__code", flat=True))
        of_most = [code for code, _offices in places.most_common(1)]
        return next(iter([*of_most, *(code for code, _words in countries)]), "")

    def provisions(self, code: str, sought: str) -> list[Provision]:
        rows = Provision.objects.visible_to(self.actor).select_related("jurisdiction")
        there = Q(jurisdiction__code=code) | Q(jurisdiction__code__startswith=f"{code}-")
        rows = rows.filter(there)
        if sought:
            columns = ("statute", "title", "number", "offence")
            places = [Q(**{f"{name}__icontains": sought}) for name in columns]
            rows = rows.filter(Q(*places, _connector=Q.OR))
        return list(rows[:MOST])

    def confirmed(self, code: str) -> list[LawVersion]:
        """Limits and stages as they were confirmed one after the other; the first limits ship."""
        rows = LawVersion.objects.visible_to(self.actor).select_related("country")
        rows = rows.filter(country__code=code, outcome=ChangeOutcome.CONFIRMED)
        rows = rows.filter(kind__in=(*LIMITS, LawKind.STAGES))
        return list(rows.order_by("kind", "begins_on", "terms"))

    def stages(
        self, code: str, confirmed: list[LawVersion]
    ) -> list[tuple[LawVersion | None, StageTable]]:
        """What ships, and each version after it."""
        tables = StageTable.shipped()
        rows = [row for row in confirmed if row.kind == LawKind.STAGES]
        later = [(row, StageTable.said(code, row.terms)) for row in rows]
        return [(None, tables.get(code, tables[ELSEWHERE])), *later]


class OneLaw(Page):
    model: Any = LawVersion
    permission = Provision.access.view

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        law = self.target
        decides = self.actor.has_perm(Perm.LAW_DECIDE)
        waits = not law.outcome
        context = {
            "law": law,
            "about": law.describe(),
            "history": history_of(law),
            "decides": waits and decides and law.proposed_by_id != self.actor.pk,
            "withdraws": (waits or law.is_ahead) and self.actor.has_perm(Perm.LAW_PROPOSE),
            "effect": read_effect(law, actor=self.actor) if waits and decides else None,
        }
        return render(request, "prosecutions/law.html", context)


class LawPage(FormPage):
    """A verb on what the law says: above it stands what it is about. Whoever proposes may first
    see what would change."""

    template_name = "prosecutions/law_form.html"
    proposes: ClassVar[bool] = False
    effect: Effect | None = None

    @cached_property
    def country(self) -> Jurisdiction | None:
        """Where somebody comes from the law of a country, that one; else the form asks for it."""
        code = "" if self.is_about_a_row else self.request.GET.get("country", "")
        rows = Jurisdiction.objects.active().filter(level=JurisdictionLevel.COUNTRY)
        return rows.filter(code=code).first() if code else None

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.country:
            form.fields["country"].widget = form.fields["country"].hidden_widget()
        return form

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, Any] = {"effect": self.effect, "proposes": self.proposes}
        context["back_url"] = reverse("prosecutions:laws")
        if self.country:
            context["about"] = [(_("Country"), self.country)]
            context["back_url"] += f"?kind={self.country.code}"
        if self.is_about_a_row:
            context["about"] = self.target.describe()
            context["back_url"] = self.target.get_absolute_url()
        return super().get_context_data(**(context | kwargs))

    def get_initial(self) -> dict[str, object]:
        code = self.country.code if self.country else ""
        return super().get_initial() | {"country": code, "currency": currency_of(code)}

    def send(self, form: Any) -> str:
        if "try" not in self.request.POST or not self.proposes:
            return super().send(form)
        verb: Any = self.service
        about = [self.target] if self.is_about_a_row else []
        propose = partial(verb, *about, actor=self.actor, **form.cleaned_data)
        self.effect = effect_before(propose, actor=self.actor)
        return ""

    def answer(self, url: str, form: Any) -> HttpResponse:
        if self.effect is None:
            return super().answer(url, form)
        return self.render_to_response(self.get_context_data(form=form))
