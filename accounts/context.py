"""What every page's frame needs to know."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings

from accounts.models import Notice
from accounts.permissions import Perm
from accounts.sign_in import session
from core.access import CONTENT, EXISTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from accounts.models import User


def navigation(request: HttpRequest) -> dict[str, object]:
    user = request.user
    if not user.is_authenticated:
        return {"demo": settings.DEMO, "organisation": settings.ORGANISATION}
    return {
        "demo": settings.DEMO,
        "organisation": settings.ORGANISATION,
        "practises": user.practises,
        "without_factor": session.without_factor(request),
        "perms_in": {
            "log_rescue": user.has_perm(Perm.RESCUE_LOG),
            "keep_phones": user.has_perm(Perm.PHONE_KEEP),
            "view_cases": user.has_perm(Perm.CASE_VIEW),
            "keep_places": user.has_perm(Perm.PLACE_KEEP),
            "keep_questions": user.has_perm(Perm.QUESTIONS_KEEP),
            "view_docket": user.has_perm(Perm.HEARING_LIST) or user.has_perm(Perm.ANSWER_SEND),
            "view_networks": user.has_perm(Perm.SUSPECT_VIEW),
            "view_providers": user.has_perm(Perm.REFERRAL_VIEW),
            "answer_referrals": user.has_perm(Perm.REFERRAL_ANSWER),
            "view_reports": user.has_perm(Perm.REPORT_VIEW),
            "view_audit": user.has_perm(Perm.AUDIT_VIEW),
            "view_chain": user.has_perm(Perm.CHAIN_VIEW),
            "view_exports": user.has_perm(Perm.EXPORT_VIEW),
            "view_retention": user.has_perm(Perm.RETENTION_VIEW),
            "view_people": user.has_perm(Perm.PEOPLE_VIEW),
            "view_backups": user.has_perm(Perm.BACKUP_VIEW),
        },
        "none_open": _none_open(user),
        "unseen_notices": Notice.objects.unseen().filter(user=user).count,  # asked when shown
    }


def _none_open(user: User) -> dict[str, Callable[[], bool]]:
    """Whether no case at all is open to the reader, by what is read of it; asked of empty lists."""

    def none(level: int) -> bool:
        scope = user.scope
        return not (scope.offices[level] or scope.cases[level] or any(scope.shown.values()))

    return {"cases": partial(none, EXISTS), "content": partial(none, CONTENT)}
