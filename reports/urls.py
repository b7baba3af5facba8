from django.urls import path

from reports.views import (
    Behind,
    Dashboard,
    ReportPage,
    RunPage,
    SnapshotCsv,
    SnapshotPage,
    SnapshotPdf,
)

app_name = "reports"
urlpatterns = [
    path("reports/", Dashboard.as_view(), name="dashboard"),
    path("reports/runs/<uuid:pk>/", RunPage.as_view(), name="run"),
    path("reports/snapshots/<uuid:pk>/", SnapshotPage.as_view(), name="snapshot"),
    path("reports/snapshots/<uuid:pk>/table.csv", SnapshotCsv.as_view(), name="csv"),
    path("reports/snapshots/<uuid:pk>/paper.pdf", SnapshotPdf.as_view(), name="pdf"),
    path("reports/snapshots/<uuid:pk>/behind/", Behind.as_view(), name="behind"),
    path("reports/<slug:slug>/", ReportPage.as_view(), name="report"),
]
