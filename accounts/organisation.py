"""Signing in by the organisation's own provider (OpenID Connect): nothing unless one is named.

docs/how-to/sign-in-with-your-organisation.md says how to set it up.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from core.keys.field_keys import of_file

if TYPE_CHECKING:
    from collections.abc import Sequence

PROVIDER_PAGES = ("accounts:provider", "accounts:from-provider")  # to it, and back from it


@dataclass(frozen=True)
class Organisation:
    """The provider, and what of its answers counts."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    name: str
    second_factor: Sequence[str] = ()  # values of `acr` and `amr` that show one
    subject: str = "sub"  # the claim that names a person for good
    hosts: Sequence[str] = ()  # where else its pages are

    @property
    def origins(self) -> list[str]:
        """Where its pages may be, for the content policy."""
        there = urlsplit(self.issuer)
        return [f"{there.scheme}://{there.netloc}", *(f"https://{host}" for host in self.hosts)]


def named(
    provider: Organisation, *, secret_file: str = "", production: bool = False
) -> Organisation | None:
    """The provider, if it is named; ends the process if it is named in part."""
    secret = (
        of_file("OIDC_CLIENT_SECRET_FILE", secret_file).strip() if secret_file else provider.secret
    )
    if not (provider.issuer or provider.client_id or secret):
        return None
    if not (provider.issuer and provider.client_id and secret):
        raise SystemExit(
            "To sign in by a provider, OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET (or its"
            " _FILE) are all needed."
        )
    if production and not provider.issuer.startswith("https://"):
        raise SystemExit("OIDC_ISSUER must begin with https://.")
    name = provider.name or urlsplit(provider.issuer).netloc
    return replace(provider, secret=secret, name=name)
