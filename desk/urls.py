from django.urls import path
from django.utils.translation import gettext_lazy as _

from casework.case_pages import SECTIONS
from casework.views.cases import page
from core.verbs.pages import page as verb_page
from desk.closing.forms import AftercareForm, CloseForm
from desk.closing.services import close_case, leave_to_aftercare
from desk.closing.views import ReopenCase
from desk.lists.file_pages import CaseFile, EventFile, PeopleFile, ProviderFile, TaskFile
from desk.lists.views import Hearings, Referrals, Survivors, Suspects
from desk.schemes.forms import SchemeForm
from desk.schemes.services import propose_scheme
from desk.several.views import (
    AssignBack,
    AssignSeveral,
    CancelTasks,
    CancelTasksBack,
    FinishTasks,
    FinishTasksBack,
    GiveTasks,
    GiveTasksBack,
    OfferBack,
    OfferSeveral,
    PutOffTasks,
    PutOffTasksBack,
    SendSeveral,
)
from desk.task_rules.views import ChangeRule, OneRule, ResetRule, TaskRules
from desk.views.cases import (
    CaseList,
    CasePage,
    CaseSummary,
    GiveSummary,
    Go,
    Search,
    SettingUp,
    Timeline,
    Today,
)
from desk.views.ledger import LedgerPage
from desk.views.live import Live
from desk.views.rescue import RescuePage
from desk.views.survivor import Survivor
from desk.views.to_do import SnoozeTask, TakeBack, ToDoList, Together
from desk.views.trail import CaseReaders, Chain, PersonReaders, Trail, Unusual
from prosecutions.views.laws import LawPage

app_name = "desk"
urlpatterns = [
    path("", Today.as_view(), name="today"),
    path("setting-up/", SettingUp.as_view(), name="setting-up"),
    verb_page(
        LawPage,
        propose_scheme,
        "laws/schemes/new/",
        name="propose-scheme",
        form_class=SchemeForm,
        template_name="desk/scheme_form.html",
        proposes=True,
        submit_label=_("Propose"),
    ),
    path("live/", Live.as_view(), name="live"),
    path("to-do/", ToDoList.as_view(), name="to-do"),
    path("to-do/together/", Together.as_view(), name="together"),
    path("to-do/finish/", FinishTasks.as_view(), name="tasks-finish"),
    path("to-do/finish/back/", FinishTasksBack.as_view(), name="tasks-finish-back"),
    path("to-do/cancel/", CancelTasks.as_view(), name="tasks-cancel"),
    path("to-do/cancel/back/", CancelTasksBack.as_view(), name="tasks-cancel-back"),
    path("to-do/give/", GiveTasks.as_view(), name="tasks-give"),
    path("to-do/give/back/", GiveTasksBack.as_view(), name="tasks-give-back"),
    path("to-do/put-off/", PutOffTasks.as_view(), name="tasks-put-off"),
    path("to-do/put-off/back/", PutOffTasksBack.as_view(), name="tasks-put-off-back"),
    path("to-do/take-back/", TakeBack.as_view(), name="take-back"),
    path("to-do/file/", TaskFile.as_view(), name="tasks-file"),
    path("cases/<uuid:pk>/snooze/", SnoozeTask.as_view(), name="snooze"),
    path("task-rules/", TaskRules.as_view(), name="task-rules"),
    path("task-rules/<uuid:pk>/", OneRule.as_view(), name="task-rule"),
    path("task-rules/<uuid:pk>/change/", ChangeRule.as_view(), name="change-rule"),
    path("task-rules/<uuid:pk>/reset/", ResetRule.as_view(), name="reset-rule"),
    path("go/", Go.as_view(), name="go"),
    path("search/", Search.as_view(), name="search"),
    path("cases/", CaseList.as_view(), name="cases"),
    path("cases/csv/", CaseFile.as_view(), name="cases-csv"),
    path("providers/file/", ProviderFile.as_view(), name="providers-file"),
    path("people/file/", PeopleFile.as_view(), name="people-file"),
    path("cases/several/assign/", AssignSeveral.as_view(), name="cases-assign"),
    path("cases/several/assign/back/", AssignBack.as_view(), name="cases-assign-back"),
    path("cases/several/offer/", OfferSeveral.as_view(), name="cases-offer"),
    path("cases/several/offer/back/", OfferBack.as_view(), name="cases-offer-back"),
    path("cases/referrals/send/", SendSeveral.as_view(), name="referrals-send"),
    path("cases/survivors/", Survivors.as_view(), name="survivors"),
    path("cases/suspects/", Suspects.as_view(), name="suspects"),
    path("cases/hearings/", Hearings.as_view(), name="hearings"),
    path("cases/referrals/", Referrals.as_view(), name="referrals"),
    path("cases/<uuid:pk>/summary/", CaseSummary.as_view(), name="case-summary"),
    path("cases/<uuid:pk>/give-summary/", GiveSummary.as_view(), name="give-summary"),
    page(
        close_case,
        "cases/<uuid:pk>/close/",
        name="close",
        form_class=CloseForm,
        template_name="desk/ending_form.html",
        submit_label=_("Close the case"),
    ),
    path("cases/<uuid:pk>/reopen/", ReopenCase.as_view(), name="reopen"),
    page(
        leave_to_aftercare,
        "cases/<uuid:pk>/only-aftercare/",
        name="only-aftercare",
        form_class=AftercareForm,
        template_name="desk/ending_form.html",
        submit_label=_("Aftercare only"),
    ),
    path("cases/<uuid:pk>/", CasePage.as_view(), name="case"),
    *(
        path(f"cases/<uuid:pk>/{name}/", CasePage.as_view(page=name), name=f"case-{name}")
        for name in SECTIONS
    ),
    path("cases/<uuid:pk>/timeline/", Timeline.as_view(), name="timeline"),
    path("rescues/<uuid:pk>/", RescuePage.as_view(), name="rescue"),
    path("cases/<uuid:pk>/readers/", CaseReaders.as_view(), name="case-readers"),
    path("survivors/<uuid:pk>/", Survivor.as_view(), name="survivor"),
    path("survivors/<uuid:pk>/readers/", PersonReaders.as_view(), name="person-readers"),
    path("survivors/<uuid:pk>/ledger/", LedgerPage.as_view(), name="ledger"),
    path("audit/", Trail.as_view(), name="trail"),
    path("audit/file/", EventFile.as_view(), name="trail-file"),
    path("audit/unusual/", Unusual.as_view(), name="unusual"),
    path("audit/chain/", Chain.as_view(), name="chain"),
]
