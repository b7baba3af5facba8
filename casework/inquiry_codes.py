"""The codes of an inquiry: leads, steps of the investigation, abuse online."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LeadSource(TextChoices):
    HOTLINE = "hotline", _("Hotline")
    PARTNER = "partner", _("Partner organisation")
    POLICE = "police", _("Police")
    SURVIVOR = "survivor", _("Survivor")
    COMMUNITY = "community", _("Community")
    ONLINE_REPORT = "online_report", _("Online report")
    OUTREACH = "outreach", _("Own outreach")
    OTHER = "other", _("Other")


class Reliability(TextChoices):
    """How far a source can be relied on, in the words of the HURIDOCS microthesauri."""

    HIGHLY = "highly_reliable", _("Highly reliable")
    LIKELY = "likely_reliable", _("Likely reliable")
    UNSURE = "unsure", _("Unsure")
    LIKELY_NOT = "likely_unreliable", _("Likely unreliable")
    HIGHLY_NOT = "highly_unreliable", _("Highly unreliable")
    UNKNOWN = "unknown", _("Not known")


class LeadEnd(TextChoices):
    """What became of a lead."""

    FOLLOWED_UP = "followed_up", _("Followed up")
    UNFOUNDED = "unfounded", _("Unfounded")
    PASSED_ON = "passed_on", _("Passed on")


class StepKind(TextChoices):
    SURVEILLANCE = "surveillance", _("Surveillance")
    STATEMENT = "statement", _("Statement")
    DIGITAL_EVIDENCE = "digital", _("Digital evidence")
    FOREIGN_REQUEST = "foreign", _("Request to foreign police")
    SITE_VISIT = "site_visit", _("Site visit")
    UNDERCOVER = "undercover", _("Undercover contact")
    OTHER = "other", _("Other")


class StepStatus(TextChoices):
    PLANNED = "planned", _("Planned")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Not done")


class StepResult(TextChoices):
    PENDING = "pending", _("Result not known yet")
    CONFIRMED = "confirmed", _("Confirmed")
    NOT_CONFIRMED = "not_confirmed", _("Not confirmed")
    INCONCLUSIVE = "inconclusive", _("Inconclusive")


class Media(TextChoices):
    PHOTO = "photo", _("Photos")
    VIDEO = "video", _("Video")
    LIVE = "live", _("Live stream")


class Platform(TextChoices):
    """Websites and apps, as HTCDS names them, and those of video calls and payment by message."""

    FACEBOOK = "facebook", _("Facebook")
    MESSENGER = "messenger", _("Facebook Messenger")
    INSTAGRAM = "instagram", _("Instagram")
    WHATSAPP = "whatsapp", _("WhatsApp")
    TELEGRAM = "telegram", _("Telegram")
    VIBER = "viber", _("Viber")
    SNAPCHAT = "snapchat", _("Snapchat")
    SKYPE = "skype", _("Skype")
    LINE = "line", _("Line")
    WECHAT = "wechat", _("WeChat")
    QQ = "qq", _("QQ")
    TIKTOK = "tiktok", _("TikTok")
    TWITTER = "twitter", _("Twitter (X)")
    WEBSITE = "website", _("A website")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Not known")


class PaidBy(TextChoices):
    """How a customer paid."""

    REMITTANCE = "remittance", _("Money transfer service")
    BANK = "bank", _("Bank transfer")
    CARD = "card", _("Card or online payment")
    MOBILE = "mobile", _("Mobile money")
    CRYPTO = "crypto", _("Cryptocurrency")
    GIFT = "gift", _("Gift card or goods")
    CASH = "cash", _("Cash")
    OTHER = "other", _("Other")
