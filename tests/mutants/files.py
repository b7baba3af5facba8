"""Faults of files: taken, kept, given out."""

from __future__ import annotations

from accounts import roles
from accounts.permissions import Perm
from casework.files import acting, kinds, packages
from casework.files.received import Received
from casework.paper_codes import Acts, DocumentKind
from casework.services import documents, recognising
from core.files import attachments, vault
from desk.rules import papers
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

DOCUMENTS = ("tests/casework/test_documents.py",)
KINDS = ("tests/casework/test_file_kinds.py",)
ACTING = ("tests/casework/test_acting.py",)
GRANTED = ("tests/meta/test_matrix.py::test_the_code_grants_what_the_matrix_says",)


@fault(*DOCUMENTS)
def material_of_abuse_is_stored():
    """The service takes a file of what is never stored."""
    replace(DocumentKind, "NEVER_STORED", frozenset())


@fault(*DOCUMENTS)
def the_database_lets_it_be_stored():
    """The trigger is gone."""
    return "drop trigger casework_documentversion_never_stored on casework_documentversion"


@fault(*DOCUMENTS)
def pictures_as_they_came():
    """A picture is kept with all that the camera wrote."""
    replace(documents, "PICTURES", frozenset())


@fault(*DOCUMENTS)
def broken_uploads_stay():
    """What no row names stays on the disk."""
    replace(Received, "_is_named", lambda self: True)


@fault(*DOCUMENTS)
def a_file_shown_as_a_page():
    """Without the policy that keeps a browser from running it."""
    replace(attachments, "NEVER_SHOWN", "script-src 'self'")


@fault(*ACTING)
def two_kinds_at_once():
    """A photo that is an archive as well is taken for one that lies still."""
    replace(kinds, "is_two", lambda file, size, found: False)


@fault(*ACTING)
def macros_taken():
    """A document that holds a program is taken for one that lies still."""
    replace(acting.PARTS, Acts.PROGRAM, ())
    replace(acting, "LOOKS", acting.LOOKS[1:])


@fault(*KINDS)
def bombs_taken():
    """A document may unpack to anything."""
    replace(packages, "_is_small", lambda archive: True)


@fault("tests/core/test_vault.py")
def chunks_without_their_end():
    """A file whose end was cut off opens."""
    replace(vault, "_nonce", lambda number, last: number.to_bytes(12, "big"))


@fault(*GRANTED)
def originals_for_everyone_on_the_team():
    """A field officer downloads what the camera wrote."""
    replace(roles.GRANTS, "field_officer", roles.GRANTS["field_officer"] | {Perm.DOCUMENT_ORIGINAL})


@fault("tests/casework/test_recognising.py")
def known_material_comes_in_again():
    """Bytes on record as material of abuse in another case are stored and opened."""
    replace(documents, "known_material", lambda digest: False)


@fault("tests/desk/test_known_material.py")
def the_other_case_is_not_told():
    """Bytes recognised in one case lie on in another, and nobody there is asked."""
    replace(papers, "known_elsewhere", list)


@fault("tests/casework/test_scanning.py")
def files_open_before_anybody_looked():
    """A file is opened before the look for viruses said that it is clean."""
    replace(documents, "require_clean", lambda kept: None)


@fault("tests/casework/test_recognising.py")
def what_one_person_closed_opens():
    """Only the second person closes it."""
    replace(documents, "being_recognised", lambda document: False)


@fault("tests/casework/test_recognising.py")
def files_of_it_stay_on_the_disk():
    """The rows go, the files stay."""
    replace(recognising, "discard", lambda names, root=None: None)
