from functools import partial

from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts.forms.offices import ChangeOfficeForm, OpenOfficeForm
from accounts.forms.people import RoleForm, WordsForm
from accounts.services.changes import (
    ask_role,
    ask_second_factor_reset,
    confirm_change,
    refuse_change,
    withdraw_change,
)
from accounts.services.invitations import invite_again
from accounts.services.keys import revoke_key
from accounts.services.languages import confirm_words, take_back_words
from accounts.services.leaving import disable_person, end_role, withdraw_invitation
from accounts.services.linking import unlink_person
from accounts.services.offices import change_office, open_office
from accounts.services.practice import take_practice_away
from accounts.views import invitations, list_views, notices, offices, own, people, programs
from accounts.views.people import page
from places.views.lists import page as keep_page

app_name = "people"
office_page = partial(keep_page, listed="people:offices")
words_page = partial(keep_page, listed="accounts:language")
urlpatterns = [
    path("notices/", notices.Notices.as_view(), name="notices"),
    path("notices/<uuid:pk>/seen/", notices.SeeNotice.as_view(), name="see-notice"),
    path("views/", list_views.Views.as_view(), name="views"),
    path("views/<uuid:pk>/change/", list_views.ChangeView.as_view(), name="change-view"),
    path("views/<uuid:pk>/remove/", list_views.RemoveView.as_view(), name="remove-view"),
    path("views/<slug:listed>/new/", list_views.NewView.as_view(), name="new-view"),
    path("views/<slug:listed>/columns/", list_views.ChooseColumns.as_view(), name="choose-columns"),
    path("office/", own.ChooseOffice.as_view(), name="choose-office"),
    words_page(
        confirm_words,
        "languages/confirm/",
        name="confirm-words",
        form_class=WordsForm,
        submit_label=_("Confirm"),
    ),
    words_page(take_back_words, "languages/<uuid:pk>/take-back/", submit_label=_("Take it back")),
    path("letters/new/", own.AskLetter.as_view(), name="ask-letter"),
    path("letters/<str:token>/arrived/", own.LetterArrived.as_view(), name="letter-arrived"),
    path("invitation/", invitations.Accept.as_view(), name="accept"),
    path("invitation/<str:token>/", invitations.open_link, name="invitation"),
    path("offices/", offices.Offices.as_view(), name="offices"),
    office_page(open_office, "offices/new/", form_class=OpenOfficeForm),
    path("offices/table/", offices.OfficesTable.as_view(), name="offices-table"),
    path("offices/<uuid:pk>/", offices.OneOffice.as_view(), name="office"),
    office_page(change_office, "offices/<uuid:pk>/change/", form_class=ChangeOfficeForm),
    office_page(
        take_practice_away, "offices/<uuid:pk>/take-practice-away/", submit_label=_("Delete them")
    ),
    path("people/", people.People.as_view(), name="list"),
    path("people/invite/", people.Invite.as_view(), name="invite"),
    path("people/changes/", people.Changes.as_view(), name="changes"),
    page(confirm_change, "people/changes/<uuid:pk>/confirm/", submit_label=_("Confirm")),
    page(refuse_change, "people/changes/<uuid:pk>/refuse/", submit_label=_("Refuse")),
    page(withdraw_change, "people/changes/<uuid:pk>/withdraw/", submit_label=_("Withdraw")),
    page(end_role, "people/roles/<uuid:pk>/end/", leaving=True, submit_label=_("End the role")),
    page(withdraw_invitation, "people/invitations/<uuid:pk>/withdraw/", submit_label=_("Withdraw")),
    path("people/programs/", programs.Programs.as_view(), name="programs"),
    path("people/programs/new/", programs.OpenProgram.as_view(), name="open-program"),
    path("people/programs/<uuid:pk>/", programs.Program.as_view(), name="program"),
    path("people/programs/<uuid:pk>/issue-key/", programs.IssueKey.as_view(), name="issue-key"),
    path("people/keys/<uuid:pk>/rotate/", programs.RotateKey.as_view(), name="rotate-key"),
    page(revoke_key, "people/keys/<uuid:pk>/revoke/", submit_label=_("Revoke")),
    path("people/<uuid:pk>/", people.Person.as_view(), name="person"),
    page(ask_role, "people/<uuid:pk>/ask-role/", form_class=RoleForm, submit_label=_("Ask")),
    page(
        ask_second_factor_reset,
        "people/<uuid:pk>/reset-second-factor/",
        name="reset-second-factor",
        submit_label=_("Ask"),
    ),
    page(
        disable_person,
        "people/<uuid:pk>/disable/",
        name="disable",
        leaving=True,
        submit_label=_("Disable"),
    ),
    page(unlink_person, "people/<uuid:pk>/unlink/", name="unlink", submit_label=_("Unlink")),
    page(invite_again, "people/<uuid:pk>/invite-again/", submit_label=_("Invite again")),
]
