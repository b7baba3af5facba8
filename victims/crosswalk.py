"""How our codes are said in HTCDS, its other sources, and the data of CTDC. Data, no rules.

The quirks of the sources are kept here as they are, so that an export or import meets them.
"""

from __future__ import annotations

from casework.enums import Programme
from victims.enums import Exploiter
from victims.htcds import Control, ExploitationForm, SexualKind

# vic_RelationshipToTrafficker has three codes; the last is misspelt in the standard, and stays so.
RELATIONSHIP: dict[str, str] = {
    Exploiter.NONE: "Unaquainted",
    Exploiter.ACQUAINTANCE: "Acquainted",
    Exploiter.FRIEND: "Acquainted",
    Exploiter.NEIGHBOUR: "Acquainted",
    Exploiter.EMPLOYER: "Acquainted",
    Exploiter.PARTNER: "Familial",
    Exploiter.PARENT: "Familial",
    Exploiter.SIBLING: "Familial",
    Exploiter.RELATIVE: "Familial",
}
# What a kind of case says of forms and kinds; HTCDS has no code for bonded labour or OSEC.
FORMS_OF: dict[str, tuple[str, ...]] = {
    code: (ExploitationForm(form),) for code, form in Programme.STANDARD.items()
}
BONDED_LABOUR = {"form": ExploitationForm.FORCED_LABOUR, "control": Control.DEBT}
OSEC = {"form": ExploitationForm.SEXUAL, "kinds": (SexualKind.REMOTE, SexualKind.PORNOGRAPHY)}
# Our code, its name in the definitions of HTCDS, and in the two files of CTDC ("": not published).
CONTROLS: dict[str, tuple[str, str, str]] = {
    Control.THREATS: ("MethodsOfControlThreats", "meansOfControlThreats", "meansThreats"),
    Control.THREATS_OF_LAW: (
        "MethodsOfControlThreatOfLawEnforcement",
        "meansOfControlThreatOfLawEnforcement",
        "meansThreats",
    ),
    Control.THREATS_TO_FAMILY: (
        "MethodsOfControlUsesChildren",
        "meansOfControlUsesChildren",
        "",
    ),
    Control.DEBT: (
        "MethodsOfControlDebtBondage",
        "meansOfControlDebtBondage",
        "meansDebtBondageEarnings",
    ),
    Control.PROMISES: (
        "MethodsOfControlFalsePromises",
        "meansOfControlFalsePromises",
        "meansFalsePromises",
    ),
    Control.BEATEN: (
        "MethodsOfControlPhysicalAbuse",
        "meansOfControlPhysicalAbuse",
        "meansAbusePsyPhySex",
    ),
    Control.SEXUAL_ABUSE: (
        "MethodsOfControlSexualAbuse",
        "meansOfControlSexualAbuse",
        "meansAbusePsyPhySex",
    ),
    Control.EARNINGS: (
        "MethodsOfControlTakesEarnings",
        "meansOfControlTakesEarnings",
        "meansDebtBondageEarnings",
    ),
    Control.MONEY: (
        "MethodsOfControlRestrictsFinancialAccess",
        "meansOfControlRestrictsFinancialAccess",
        "meansDenyBasicNeeds",
    ),
    Control.MEDICINE: (
        "MethodsOfControlRestrictsMedicalCare",
        "meansOfControlRestrictsMedicalCare",
        "meansDenyBasicNeeds",
    ),
    Control.NECESSITIES: (
        "MethodsOfControlWithholdsNecessities",
        "meansOfControlWithholdsNecessities",
        "meansDenyBasicNeeds",
    ),
    Control.PSYCHOLOGICAL: (
        "MethodsOfControlPsychologicalAbuse",
        "meansOfControlPsychologicalAbuse",
        "meansAbusePsyPhySex",
    ),
    Control.DRUGS: (
        "MethodsOfControlPsychoactiveSubstances",
        "meansOfControlPsychoactiveSubstances",
        "meansDrugsAlcohol",
    ),
    Control.HOURS: (
        "MethodsOfControlExcessiveWorkingHours",
        "meansOfControlExcessiveWorkingHours",
        "meansExcessiveWorkHours",
    ),
    Control.DOCUMENTS: (
        "MethodsOfControlWithholdsDocuments",
        "meansOfControlWithholdsDocuments",
        "meansWithholdDocs",
    ),
    Control.MOVEMENT: (
        "MethodsOfControlRestrictsMovement",
        "meansOfControlRestrictsMovement",
        "meansDenyBasicNeeds",
    ),
    Control.OTHER: ("MethodsOfControlOther", "meansOfControlOther", ""),
}
# Codes of ours that the picklist of the standard does not have: left out of its exports.
NOT_IN_PICKLIST = frozenset({Control.MOVEMENT})
# Names of columns as other sources of the same standard spell them: what an import must know.
SPELT_ELSEWHERE = {
    "prs_First_Name": "prs_FirstName",
    "prs_Second_Name": "prs_SecondName",
    "vic_Methods_of_Control": "vic_MethodsOfControl",
    "vic_TraffickinStatusDecisionMakingOrg": "vic_TraffickingStatusDecisionMakingOrg",
}
CODES_SPELT_ELSEWHERE = {"DebtBondage ": Control.DEBT, "Unacquainted": "Unaquainted"}
