from django.urls import path

from victims import match_views as matches
from victims.views import CorrectIdentity, RecordIdentity, RevealName, SearchNames

app_name = "victims"
urlpatterns = [
    path("people/<uuid:pk>/name/", RevealName.as_view(), name="reveal"),
    path("people/<uuid:pk>/identify/", RecordIdentity.as_view(), name="identify"),
    path("people/<uuid:pk>/correct/", CorrectIdentity.as_view(), name="correct"),
    path("people/<uuid:pk>/alike/", matches.Alike.as_view(), name="alike"),
    path("people/<uuid:pk>/judge/", matches.Judge.as_view(), name="judge"),
    path("duplicates/", matches.Duplicates.as_view(), name="duplicates"),
    path("duplicates/<uuid:pk>/", matches.Duplicate.as_view(), name="duplicate"),
    path("duplicates/<uuid:pk>/decide/", matches.Decide.as_view(), name="decide-match"),
    path("duplicates/<uuid:pk>/merge/", matches.MergeMatch.as_view(), name="merge-match"),
    path("duplicates/<uuid:pk>/ask/", matches.AskConfirmations.as_view(), name="ask-confirmations"),
    path("duplicates/<uuid:pk>/names/", matches.CompareNames.as_view(), name="compare-names"),
    path("survivor-merges/<uuid:pk>/undo/", matches.UndoMerge.as_view(), name="undo-merge"),
    path("confirmations/", matches.Confirmations.as_view(), name="confirmations"),
    path("confirmations/<uuid:pk>/", matches.AnswerConfirmation.as_view(), name="answer"),
    path("search/name/", SearchNames.as_view(), name="search"),
]
