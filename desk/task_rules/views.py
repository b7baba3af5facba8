"""The list of rules, one each, and setting them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.models import TaskRule
from core.services import Refused
from core.web import FormPage, Page
from desk.rules import RULES
from desk.task_rules.forms import RuleForm
from desk.task_rules.services import change_rule, reset_rule, rule_of, try_rule
from desk.task_rules.words import changed, in_order, in_words
from places.history import history_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


class TaskRules(Page):
    permission = Perm.RULE_KEEP

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = TaskRule.objects.visible_to(self.actor).select_related("set_by")
        rules = in_order(rows.filter(rule__in=[rule.code for rule in RULES]))
        differing = sum(rule["differs"] for rule in rules)
        return render(request, "desk/task_rules.html", {"rules": rules, "differing": differing})


class OneRule(Page):
    model: Any = TaskRule
    permission = Perm.RULE_KEEP

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        rule_of(self.target)
        context = in_words(self.target) | {"history": history_of(self.target)}
        return render(request, "desk/task_rule.html", context)


class RulePage(FormPage):
    """A verb on a rule; above it stands which one, and how it is asked now."""

    model, template_name = TaskRule, "desk/task_rule_form.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = {"back_url": self.target.get_absolute_url(), "rule": in_words(self.target)}
        return super().get_context_data(**(context | kwargs))


class ResetRule(RulePage):
    service, submit_label = reset_rule, gettext_lazy("Ask it as shipped")


class ChangeRule(RulePage):
    """By hand: one may first see how many tasks there would be."""

    service, form_class, submit_label = change_rule, RuleForm, gettext_lazy("Save")

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.about(rule_of(self.target))
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        if "try" not in self.request.POST:
            return super().form_valid(form)
        try:
            tried = changed(try_rule(self.target, actor=self.actor, **form.cleaned_data))
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
            return self._again(form, 409)
        return self.render_to_response(self.get_context_data(form=form, tried=tried))
