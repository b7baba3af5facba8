"""How the document of the API is made, and what its enumerations are called."""

from typing import Any

DESCRIPTION: dict[str, Any] = {
    "TITLE": "Casework",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SORT_OPERATIONS": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.api.schema.add_problem",
    ],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "ENUM_NAME_OVERRIDES": {
        "AccountChangeKindEnum": "accounts.models.ChangeKind",
        "AccountChangeOutcomeEnum": "accounts.models.ChangeOutcome",
        "AgencyKindEnum": "places.enums.AgencyKind",
        "AuditKindEnum": "core.models.AuditKind",
        "CaseStatusEnum": "casework.enums.CaseStatus",
        "ConflictKindEnum": "casework.enums.ConflictKind",
        "HearingPurposeEnum": "prosecutions.enums.HearingPurpose",
        "InvolvementOutcomeEnum": "victims.enums.Outcome",
        "NeedEnum": "aftercare.enums.Need",
        "PerpetratorKindEnum": "prosecutions.enums.PerpetratorKind",
        "ReferralStatusEnum": "aftercare.enums.ReferralStatus",
        "RoleEnum": "accounts.roles.Role",
        "ServiceKindEnum": "aftercare.enums.ServiceKind",
        "SealStatusEnum": "casework.enums.SealStatus",
        "SiteKindEnum": "casework.enums.SiteKind",
        "SuspectRoleEnum": "prosecutions.enums.SuspectRole",
    },
}
