from functools import partial

from django.urls import path

from accounts import (
    invitation_views,
    notice_views,
    office_views,
    own_views,
    people_views,
    program_views,
)
from accounts.services.offices import change_office, open_office
from places.views.lists import page as keep_page

app_name = "people"
page = partial(keep_page, listed="people:offices")
urlpatterns = [
    path("notices/", notice_views.Notices.as_view(), name="notices"),
    path("notices/<uuid:pk>/seen/", notice_views.SeeNotice.as_view(), name="see-notice"),
    path("office/", own_views.ChooseOffice.as_view(), name="choose-office"),
    path("invitation/", invitation_views.Accept.as_view(), name="accept"),
    path("invitation/<str:token>/", invitation_views.open_link, name="invitation"),
    path("offices/", office_views.Offices.as_view(), name="offices"),
    page(open_office, "offices/new/"),
    path("offices/<uuid:pk>/", office_views.OneOffice.as_view(), name="office"),
    page(change_office, "offices/<uuid:pk>/change/"),
    path("people/", people_views.People.as_view(), name="list"),
    path("people/invite/", people_views.Invite.as_view(), name="invite"),
    path("people/changes/", people_views.Changes.as_view(), name="changes"),
    path(
        "people/changes/<uuid:pk>/confirm/", people_views.Confirm.as_view(), name="confirm-change"
    ),
    path("people/changes/<uuid:pk>/refuse/", people_views.Refuse.as_view(), name="refuse-change"),
    path(
        "people/changes/<uuid:pk>/withdraw/",
        people_views.Withdraw.as_view(),
        name="withdraw-change",
    ),
    path("people/roles/<uuid:pk>/end/", people_views.EndRole.as_view(), name="end-role"),
    path(
        "people/invitations/<uuid:pk>/withdraw/",
        people_views.WithdrawInvitation.as_view(),
        name="withdraw-invitation",
    ),
    path("people/programs/", program_views.Programs.as_view(), name="programs"),
    path("people/programs/new/", program_views.OpenProgram.as_view(), name="open-program"),
    path("people/programs/<uuid:pk>/", program_views.Program.as_view(), name="program"),
    path(
        "people/programs/<uuid:pk>/issue-key/", program_views.IssueKey.as_view(), name="issue-key"
    ),
    path("people/keys/<uuid:pk>/rotate/", program_views.RotateKey.as_view(), name="rotate-key"),
    path("people/keys/<uuid:pk>/revoke/", program_views.RevokeKey.as_view(), name="revoke-key"),
    path("people/<uuid:pk>/", people_views.Person.as_view(), name="person"),
    path("people/<uuid:pk>/ask-role/", people_views.AskRole.as_view(), name="ask-role"),
    path(
        "people/<uuid:pk>/reset-second-factor/",
        people_views.ResetSecondFactor.as_view(),
        name="reset-second-factor",
    ),
    path("people/<uuid:pk>/disable/", people_views.Disable.as_view(), name="disable"),
    path("people/<uuid:pk>/invite-again/", people_views.InviteAgain.as_view(), name="invite-again"),
]
