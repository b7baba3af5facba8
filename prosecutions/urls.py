from django.urls import path

from prosecutions.views.courts import (
    FileAppeal,
    FileCharge,
    JudgeAppeal,
    OpenProsecution,
    RecordComplaint,
    RecordJudgment,
    RecordSentence,
    WithdrawAppeal,
)
from prosecutions.views.custody import BeginCustody, EndCustody, RecordArrest
from prosecutions.views.feeds import Feed, FeedPage
from prosecutions.views.hearings import (
    CorrectResult,
    Docket,
    ListHearing,
    MoveHearing,
    RecordHearing,
)
from prosecutions.views.suspects import AddSuspect, NameSuspect

app_name = "prosecutions"
urlpatterns = [
    path("cases/<uuid:pk>/suspects/new/", AddSuspect.as_view(), name="add-suspect"),
    path("suspects/<uuid:pk>/arrests/new/", RecordArrest.as_view(), name="record-arrest"),
    path("suspects/<uuid:pk>/custody/new/", BeginCustody.as_view(), name="begin-custody"),
    path("custodies/<uuid:pk>/release/", EndCustody.as_view(), name="end-custody"),
    path("suspects/<uuid:pk>/name/", NameSuspect.as_view(), name="name-suspect"),
    path("cases/<uuid:pk>/complaints/new/", RecordComplaint.as_view(), name="record-complaint"),
    path("cases/<uuid:pk>/prosecutions/new/", OpenProsecution.as_view(), name="open-prosecution"),
    path("prosecutions/<uuid:pk>/charges/new/", FileCharge.as_view(), name="file-charge"),
    path("prosecutions/<uuid:pk>/judgments/new/", RecordJudgment.as_view(), name="record-judgment"),
    path("calendar/", FeedPage.as_view(), name="calendar"),
    path("calendar/<slug:secret>.ics", Feed.as_view(), name="feed"),
    path("docket/", Docket.as_view(), name="docket"),
    path("prosecutions/<uuid:pk>/hearings/new/", ListHearing.as_view(), name="list-hearing"),
    path("hearings/<uuid:pk>/record/", RecordHearing.as_view(), name="record-hearing"),
    path("hearings/<uuid:pk>/move/", MoveHearing.as_view(), name="move-hearing"),
    path("hearings/<uuid:pk>/correct/", CorrectResult.as_view(), name="correct-result"),
    path("judgments/<uuid:pk>/sentences/new/", RecordSentence.as_view(), name="record-sentence"),
    path("judgments/<uuid:pk>/appeals/new/", FileAppeal.as_view(), name="file-appeal"),
    path("appeals/<uuid:pk>/withdraw/", WithdrawAppeal.as_view(), name="withdraw-appeal"),
    path("appeals/<uuid:pk>/judgment/", JudgeAppeal.as_view(), name="judge-appeal"),
]
