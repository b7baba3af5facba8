"""What Casework can do of SCIM 2.0, as RFC 7643 (5 to 7) has it said; providers read it once.

It is the same for everybody, and says nothing of anybody.
"""

from __future__ import annotations

from typing import Any

CORE = "urn:ietf:params:scim:schemas:core:2.0"
USER = f"{CORE}:User"
NO: dict[str, Any] = {"supported": False}
MOST = 200


def _attribute(name: str, kind: str, words: str, *, writable: bool = False) -> dict[str, object]:
    return {
        "name": name,
        "type": kind,
        "description": words,
        "multiValued": False,
        "required": False,
        "caseExact": name != "userName",
        "mutability": "readWrite" if writable else "readOnly",
        "returned": "default",
        "uniqueness": "none" if kind == "boolean" else "server",
    }


CONFIGURATION = {
    "schemas": [f"{CORE}:ServiceProviderConfig"],
    "patch": {"supported": True},
    "bulk": NO | {"maxOperations": 0, "maxPayloadSize": 0},
    "filter": {"supported": True, "maxResults": MOST},
    "changePassword": NO,
    "sort": NO,
    "etag": NO,
    "authenticationSchemes": [
        {
            "type": "oauthbearertoken",
            "name": "Key of the provider",
            "description": "A key that Casework issued for this provider, as a bearer token.",
            "primary": True,
        }
    ],
    "meta": {"resourceType": "ServiceProviderConfig"},
}
KINDS = [
    {
        "schemas": [f"{CORE}:ResourceType"],
        "id": "User",
        "name": "User",
        "endpoint": "/Users",
        "description": "Somebody who signs in by this provider. They can be closed, not made.",
        "schema": USER,
        "meta": {"resourceType": "ResourceType"},
    }
]
SCHEMAS = [
    {
        "schemas": [f"{CORE}:Schema"],
        "id": USER,
        "name": "User",
        "description": "Whether somebody who signs in by this provider has an open account.",
        "attributes": [
            _attribute("userName", "string", "What they are called here."),
            _attribute("externalId", "string", "What the provider calls them."),
            _attribute("active", "boolean", "False closes the account.", writable=True),
        ],
        "meta": {"resourceType": "Schema"},
    }
]
