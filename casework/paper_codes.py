"""The codes of papers: notes, documents, the files that hold them, the way of a document."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.choices import ChoiceList


class NoteKind(TextChoices):
    CONTACT = "contact", _("Contact")
    VISIT = "visit", _("Visit")
    PHONE_CALL = "phone_call", _("Phone call")
    COURT = "court", _("Court")
    MEDICAL = "medical", _("Medical")
    LEGAL = "legal", _("Legal")
    SAFETY = "safety", _("Safety")
    OTHER = "other", _("Other")


class DocumentKind(ChoiceList):
    """The papers of the field (OSCaR's list), and what a case of ours holds besides."""

    NATIONAL_ID = "national_id", _("Identity card")
    BIRTH_CERTIFICATE = "birth_certificate", _("Birth certificate")
    FAMILY_BOOK = "family_book", _("Family book")
    PASSPORT = "passport", _("Passport")
    TRAVEL_DOCUMENT = "travel_document", _("Travel document")
    REFERRAL = "referral", _("Referral document")
    CONSENT = "consent", _("Consent form")
    STATEMENT = "statement", _("Signed statement")
    POLICE_INTERVIEW = "police_interview", _("Police interview")
    COMPLAINT = "complaint", _("Complaint")
    WARRANT = "warrant", _("Warrant")
    COURT_ORDER = "court_order", _("Court order")
    VERDICT = "verdict", _("Verdict")
    SCREENING = "screening", _("Screening interview")
    JUDICIAL_POLICE = "judicial_police", _("Form of the judicial police")
    IMMIGRATION = "immigration", _("Letter of the immigration police")
    RELEASE_CERTIFICATE = "release_certificate", _("Release certificate")
    MEDICAL_REPORT = "medical_report", _("Medical report")
    EVIDENCE_PHOTO = "evidence_photo", _("Evidence photo")
    PHOTO = "photo", _("Photo or film of a survivor")
    ABUSE_MATERIAL = "abuse_material", _("Material of child abuse (hash only)")
    OTHER = "other", _("Other")

    EVIDENCE = nonmember(frozenset({"evidence_photo"}))  # its untouched original is kept, sealed
    NEVER_STORED = nonmember(frozenset({"abuse_material"}))

    TITLE = nonmember(_("Kinds of document"))
    RULED = nonmember(frozenset({"statement", "evidence_photo", "photo", "abuse_material"}))
    ALWAYS = nonmember(frozenset({"abuse_material"}))
    OWN = nonmember(20)


class FileType(TextChoices):
    """Every type of file that is known here, by what its bytes say; all others are held."""

    JPEG = "jpeg", _("JPEG")
    PNG = "png", _("PNG")
    WEBP = "webp", _("WebP")
    HEIC = "heic", _("HEIC")
    PDF = "pdf", _("PDF")
    TEXT = "text", _("plain text")
    DOCX = "docx", _("Word (docx)")
    XLSX = "xlsx", _("Excel (xlsx)")
    ODT = "odt", _("OpenDocument text")
    MP3 = "mp3", _("MP3")
    M4A = "m4a", _("M4A")
    MP4 = "mp4", _("MP4")
    OTHER = "other", _("another kind")

    PAINTED = nonmember(frozenset({"pdf", "jpeg", "png", "webp", "heic"}))  # as pixels, by page
    PACKAGES = nonmember(frozenset({"docx", "xlsx", "odt"}))
    EXTENSIONS = nonmember(
        {"jpeg": "jpg", "text": "txt", "other": "bin"}
    )  # where it is another word


class CustodyStep(TextChoices):
    """What happened to the paper or the thing itself, or to the copy kept here."""

    RECEIVED = "received", _("Received from")
    HANDED = "handed", _("Handed to")
    RETURNED = "returned", _("Returned to")
    VERIFIED = "verified", _("Verified by")
    DESTROYED = "destroyed", _("Destroyed by order of")


class RecognitionStatus(TextChoices):
    """What became of a document that somebody took for material of child abuse."""

    SAID = "said", _("Said by one person")
    DESTROYED = "destroyed", _("Destroyed")
    REFUSED = "refused", _("It is not")


class Acts(TextChoices):
    """What a file may do by itself when it is opened, or that nobody can tell."""

    PROGRAM = "program", _("holds a program, as macros are")
    FILES = "files", _("holds other files")
    OUTSIDE = "outside", _("fetches or sends something outside")
    COMMAND = "command", _("starts other programs")
    SCRIPT = "script", _("runs a script")
    TWO = "two", _("is of two kinds at once")
    LOCKED = "locked", _("cannot be looked into")


class Scan(TextChoices):
    """What the look for viruses found; nothing while nobody looked."""

    CLEAN = "clean", _("No virus found")
    INFECTED = "infected", _("A virus was found")


class FileFinding(TextChoices):
    """What the nightly comparison found."""

    SOUND = "sound", _("As received")
    ALTERED = "altered", _("Not as received")
    MISSING = "missing", _("Missing")
    UNREAD = "unread", _("Could not be read")  # with the present keys, by this system


# What is told as a loss. What could not be read is not known to be wrong.
WRONG = (FileFinding.ALTERED, FileFinding.MISSING)
