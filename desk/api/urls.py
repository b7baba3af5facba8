from django.urls import path, re_path

from core.api.routers import Router
from desk.api.ending import ClosingViewSet, ClosingWordsViewSet, EndingViewSet
from desk.api.rescue_history import RescueHistoryViewSet
from desk.api.rule_viewsets import TaskRuleViewSet
from desk.api.scheme_viewsets import SchemeLawViewSet
from desk.api.search import SearchViewSet
from desk.api.task_viewsets import SnoozeViewSet, TaskViewSet
from desk.api.timeline import TimelineViewSet
from desk.api.viewsets import AuditEventViewSet, ChainViewSet, UnusualViewSet

ENDINGS = {
    "close": "post",
    "reopen": "post",
    "only-aftercare": "post",
    "readiness": "get",
    "summary": "get",
    "give-summary": "post",
}

router = Router()
router.register("closings", ClosingViewSet, basename="closing")
router.register("closing-words", ClosingWordsViewSet, basename="closing-words")
router.register("tasks", TaskViewSet, basename="task")
router.register("task-rules", TaskRuleViewSet, basename="task-rule")
router.register("snoozes", SnoozeViewSet, basename="snooze")
urlpatterns = [
    path(
        "law-versions/scheme/",
        SchemeLawViewSet.as_view({"post": "create"}),
        name="law-version-scheme",
    ),
    path("search/", SearchViewSet.as_view({"post": "search"}), name="search"),
    *router.urls,
    path("audit-events/", AuditEventViewSet.as_view({"get": "list"}), name="audit-event-list"),
    path(
        "audit-events/changes/",
        AuditEventViewSet.as_view({"get": "list"}, of_changes=True),
        name="audit-event-changes",
    ),
    path(
        "audit-events/unusual/", UnusualViewSet.as_view({"get": "find"}), name="audit-event-unusual"
    ),
    path("audit-events/chain/", ChainViewSet.as_view({"get": "find"}), name="audit-event-chain"),
    *(
        re_path(
            rf"^cases/(?P<pk>{EndingViewSet.lookup_value_regex})/{verb}/$",
            EndingViewSet.as_view({method: verb.replace("-", "_")}),
            name=f"case-{verb}",
        )
        for verb, method in ENDINGS.items()
    ),
    re_path(
        rf"^cases/(?P<pk>{TimelineViewSet.lookup_value_regex})/timeline/$",
        TimelineViewSet.as_view({"get": "retrieve"}),
        name="case-timeline",
    ),
    re_path(
        rf"^rescues/(?P<pk>{RescueHistoryViewSet.lookup_value_regex})/history/$",
        RescueHistoryViewSet.as_view({"get": "retrieve"}),
        name="rescue-history",
    ),
]
