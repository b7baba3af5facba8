"""The form of a rule: it asks for what may be set of this rule alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _

from core.verbs.forms import form_of
from desk.task_rules.services import change_rule, holders
from desk.task_rules.words import when

if TYPE_CHECKING:
    from desk.rules import Rule


class RuleForm(form_of(change_rule, forms.Form)):  # type: ignore[misc]
    """By hand: what may be set hangs on the rule."""

    def about(self, rule: Rule) -> None:
        if rule.fixed:
            del self.fields["is_on"], self.fields["roles"]
        else:
            self.fields["roles"].choices = [(role.value, role.label) for role in holders(rule)]
        if rule.days is None:
            del self.fields["days"]
        else:
            shipped = _("Leave it empty for the days it came with: %(when)s.")
            self.fields["days"].help_text = shipped % {"when": when(rule)}
