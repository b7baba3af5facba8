from django.urls import path

from accounts.api.people_viewsets import (
    AccountChangeViewSet,
    InvitationViewSet,
    MembershipViewSet,
    NoticeViewSet,
    UserViewSet,
)
from accounts.api.program_viewsets import ApiKeyViewSet, ServiceAccountViewSet
from accounts.api.viewsets import (
    LanguageReadingViewSet,
    MeViewSet,
    OfficeViewSet,
    SavedViewViewSet,
)
from core.api.routers import Router

router = Router()
router.register("offices", OfficeViewSet, basename="office")
router.register("users", UserViewSet, basename="user")
router.register("invitations", InvitationViewSet, basename="invitation")
router.register("memberships", MembershipViewSet, basename="membership")
router.register("account-changes", AccountChangeViewSet, basename="account-change")
router.register("service-accounts", ServiceAccountViewSet, basename="service-account")
router.register("keys", ApiKeyViewSet, basename="key")
router.register("views", SavedViewViewSet, basename="view")
router.register("language-readings", LanguageReadingViewSet, basename="language-reading")
router.register("notices", NoticeViewSet, basename="notice")
choose_office = MeViewSet.as_view({"post": "choose_office"})
choose_language = MeViewSet.as_view({"post": "choose_language"})
urlpatterns = [
    *router.urls,
    path("me/", MeViewSet.as_view({"get": "retrieve"}), name="me"),
    path("me/choose-office/", choose_office, name="me-choose-office"),
    path("me/choose-language/", choose_language, name="me-choose-language"),
]
