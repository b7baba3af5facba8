"""The field keys travel apart from the backups: on paper, to officers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from backups import sealing, shares
from backups.faults import Fault, in_words
from core.keys import crypto

SHEET = """\
FIELD KEYS OF CASEWORK: SHARE {number} OF {many}
Made {day}. Keep it where only you can reach it, and not beside a backup.

Fingerprint{s} of the keys (backups name them, too):
{fingerprints}

Two of these {many} shares together give the keys back; one alone gives nothing. Needed if the
server is lost: without the keys, names in a backup cannot be read. This share is sealed for

  {officer}

and opens with your private key. Save what stands below as share.age, and then, both officers at
one machine that is trusted:

  manage.py keys join share.age other.age --identity yours.key --identity theirs.key --out keys

When the keys are changed (`manage.py reencrypt`), a new sheet comes. Keep this one as long as
backups of before are kept.

{share}"""


class Command(BaseCommand):
    """Prints fingerprints only; keys go into files, and never into the log or the terminal."""

    help = "Fingerprints of the field keys; shares of them for officers; shares joined again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what the command takes."""
        doing = parser.add_subparsers(dest="doing", required=True)
        doing.add_parser("fingerprint", help="say which keys these are")
        export = doing.add_parser("export", help="a sealed share for each officer, to be printed")
        export.add_argument(
            "--officer", action="append", default=[], metavar="age1…", help="a public key of age"
        )
        export.add_argument("--out", type=Path, required=True, help="folder for the sheets")
        join = doing.add_parser("join", help="the keys again, of two shares")
        join.add_argument("shares", nargs="+", type=Path)
        join.add_argument("--identity", action="append", type=Path, required=True)
        join.add_argument("--out", type=Path, required=True, help="file for FIELD_KEYS_FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or end with one line."""
        try:
            getattr(self, f"_{options['doing']}")(options)
        except Fault as fault:
            raise CommandError(str(fault)) from None

    def _fingerprint(self, _options: dict[str, Any]) -> None:
        for line in _fingerprints(settings.FIELD_KEYS):
            self.stdout.write(line)

    def _export(self, options: dict[str, Any]) -> None:
        names = list(dict.fromkeys(options["officer"]))
        officers = sealing.recipients(" ".join(names), "--officer")
        parts = shares.split(settings.FIELD_KEYS, len(officers))
        fingerprints = _fingerprints(settings.FIELD_KEYS)
        with in_words(f"The sheets cannot be written to {options['out']}"):
            options["out"].mkdir(mode=0o700, parents=True, exist_ok=True)
            for share, officer, name in zip(parts, officers, names, strict=True):
                path = options["out"] / f"field-keys-share-{share.number}.txt"
                _new_file(
                    path,
                    SHEET.format(
                        number=share.number,
                        many=len(parts),
                        day=timezone.now().date(),
                        s="s" if len(fingerprints) > 1 else "",
                        fingerprints="\n".join(fingerprints),
                        officer=name,
                        share=shares.sealed(share, officer),
                    ),
                )
                self.stdout.write(f"{path}: print it for {name[:16]}…")
        for line in fingerprints:
            self.stdout.write(line)

    def _join(self, options: dict[str, Any]) -> None:
        by = [key for file in options["identity"] for key in sealing.identities(file)]
        with in_words("The shares cannot be read, or the keys not written"):
            parts = [shares.opened(_armour(path.read_text()), by) for path in options["shares"]]
            keys = shares.join(parts)
            _new_file(options["out"], keys.replace(",", "\n") + "\n")
        self.stdout.write(f"{options['out']}: set FIELD_KEYS_FILE to it.")
        for line in _fingerprints(keys):
            self.stdout.write(line)


def _fingerprints(keys: str) -> list[str]:
    return [
        f"Key {number}: {fingerprint}" for number, fingerprint in crypto.fingerprints(keys).items()
    ]


def _armour(text: str) -> bytes:
    """What is sealed; a sheet that was scanned has words before it."""
    return text[max(0, text.find("-----BEGIN")) :].encode()


def _new_file(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
