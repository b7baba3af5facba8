from django.urls import path

from core.forms import radios
from core.verbs.forms import form_of
from core.verbs.pages import page
from intake.collect import door as collect
from intake.collect.pages import ConnectCollect
from intake.extracts.door import Keep
from intake.extracts.services import end_extract
from intake.extracts.views import CheckOutCase, KeepExtract
from intake.phones.door import Deliver
from intake.phones.services.boxes import put_away_box
from intake.phones.services.phones import end_phone
from intake.phones.shell import Field, Manifest, Reading
from intake.phones.views import EnrolPhone, OpenBox, Phones, PhoneVerb
from intake.views import LogRescue

app_name = "intake"
urlpatterns = [
    path("field/", Field.as_view(), name="field"),
    path("field/reading/", Reading.as_view(), name="reading"),
    path("field/manifest.webmanifest", Manifest.as_view(), name="manifest"),
    path("field/rescues/new/", LogRescue.as_view(), name="log-rescue"),
    path("field/phones/", Phones.as_view(), name="phones"),
    path("field/phones/new/", EnrolPhone.as_view(), name="enrol-phone"),
    page(
        PhoneVerb,
        end_phone,
        "field/phones/<uuid:pk>/end/",
        form_class=form_of(end_phone, on={"ended_for": radios}),
    ),
    path("field/boxes/<uuid:pk>/", OpenBox.as_view(), name="box"),
    page(
        PhoneVerb,
        put_away_box,
        "field/boxes/<uuid:pk>/put-away/",
        form_class=form_of(put_away_box, on={"away_for": radios}),
    ),
    path("field/boxes/<uuid:pk>/parts/", Deliver.as_view(), name="deliver"),
    path("field/phones/collect/", ConnectCollect.as_view(), name="connect-collect"),
    # Their ends are those of OpenRosa: Collect is told the beginning, /collect.
    path("collect/formList", collect.FormList.as_view(), name="collect-forms"),
    path("collect/forms/<str:form_id>", collect.Form.as_view(), name="collect-form"),
    path("collect/manifest", collect.Manifest.as_view(), name="collect-manifest"),
    path("collect/places.csv", collect.Places.as_view(), name="collect-places"),
    path("collect/submission", collect.Submit.as_view(), name="collect-submit"),
    path("cases/<uuid:pk>/read-offline/", CheckOutCase.as_view(), name="check-out-case"),
    path("field/extracts/", Keep.as_view(), name="keep"),
    path("field/extracts/<uuid:pk>/", KeepExtract.as_view(), name="keep-extract"),
    page(PhoneVerb, end_extract, "field/extracts/<uuid:pk>/end/"),
]
