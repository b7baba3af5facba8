from functools import partial

from django.urls import path
from django.utils.translation import gettext_lazy as _

from core.verbs.forms import form_of
from core.verbs.pages import page as verb_page
from reports.ctdc.pages import Ctdc
from reports.dashboards.views import BoardPage, BoardPaper, Home, PanelFile, Shapes
from reports.outside.services import confirm_address, end_address
from reports.outside.views import AddressPage, OneAddress, OutsideAddresses, ProposeAddress
from reports.publishing.services import propose_release, refuse_release
from reports.publishing.views import (
    ApproveRelease,
    ProposalPage,
    ReleaseCsv,
    ReleasePage,
    Releases,
    ReleaseVerb,
    WithdrawRelease,
)
from reports.schedules.views import ChangeSchedule, Schedules, StopSchedule
from reports.views import (
    Behind,
    Difference,
    ReportPage,
    Reports,
    RunPage,
    SnapshotCsv,
    SnapshotPage,
    SnapshotPdf,
)

page = partial(verb_page, ReleaseVerb)
address_page = partial(verb_page, AddressPage)

app_name = "reports"
urlpatterns = [
    path("dashboards/", Home.as_view(), name="boards"),
    path("dashboards/shapes/<slug:digest>.svg", Shapes.as_view(), name="shapes"),
    path("dashboards/<slug:slug>/", BoardPage.as_view(), name="board"),
    path("dashboards/<slug:slug>/paper.pdf", BoardPaper.as_view(), name="board-pdf"),
    path("dashboards/<slug:slug>/<slug:code>.csv", PanelFile.as_view(), name="board-csv"),
    path(
        "dashboards/<slug:slug>/<slug:code>.xlsx", PanelFile.as_view(kind="xlsx"), name="board-xlsx"
    ),
    path("reports/", Reports.as_view(), name="dashboard"),
    path("reports/runs/<uuid:pk>/", RunPage.as_view(), name="run"),
    path("reports/snapshots/<uuid:pk>/", SnapshotPage.as_view(), name="snapshot"),
    path("reports/snapshots/<uuid:pk>/table.csv", SnapshotCsv.as_view(), name="csv"),
    path("reports/snapshots/<uuid:pk>/paper.pdf", SnapshotPdf.as_view(), name="pdf"),
    path("reports/snapshots/<uuid:pk>/behind/", Behind.as_view(), name="behind"),
    path("reports/snapshots/<uuid:pk>/difference/", Difference.as_view(), name="difference"),
    page(
        propose_release,
        "reports/snapshots/<uuid:pk>/release/",
        form_class=form_of(propose_release, order=("recipient", "reason")),
        submit_label=_("Propose"),
    ),
    path("reports/releases/", Releases.as_view(), name="releases"),
    path("reports/releases/<uuid:pk>/", ReleasePage.as_view(), name="release"),
    path("reports/releases/<uuid:pk>/table.csv", ReleaseCsv.as_view(), name="release-csv"),
    path("reports/proposals/<uuid:pk>/", ProposalPage.as_view(), name="proposal"),
    path("reports/proposals/<uuid:pk>/approve/", ApproveRelease.as_view(), name="approve-release"),
    page(refuse_release, "reports/proposals/<uuid:pk>/refuse/", submit_label=_("Refuse")),
    path(
        "reports/proposals/<uuid:pk>/withdraw/", WithdrawRelease.as_view(), name="withdraw-release"
    ),
    path("reports/outside/", OutsideAddresses.as_view(), name="outside"),
    path("reports/outside/new/", ProposeAddress.as_view(), name="propose-address"),
    path("reports/outside/<uuid:pk>/", OneAddress.as_view(), name="outside-address"),
    address_page(confirm_address, "reports/outside/<uuid:pk>/confirm/", submit_label=_("Confirm")),
    address_page(end_address, "reports/outside/<uuid:pk>/end/", submit_label=_("End")),
    path("reports/regular/", Schedules.as_view(), name="schedules"),
    path("reports/regular/<uuid:pk>/change/", ChangeSchedule.as_view(), name="change-schedule"),
    path("reports/regular/<uuid:pk>/stop/", StopSchedule.as_view(), name="stop-schedule"),
    path("reports/ctdc/", Ctdc.as_view(), name="ctdc"),
    path("reports/<slug:slug>/", ReportPage.as_view(), name="report"),
]
