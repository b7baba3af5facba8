"""Fields of request bodies that name rows of case data: where each is sent, how, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aftercare.models import CarePlan, CompensationClaim, Entitlement, Referral, ReleaseCertificate
from casework.models import Case, Document, InvestigationStep, Lead, OnlineIncident, Rescue, Site
from prosecutions.models import (
    Appeal,
    AssistanceRequest,
    Charge,
    Complaint,
    Judgment,
    Network,
    Participation,
    Perpetrator,
    Prosecution,
    Sentence,
    Suspect,
)
from victims.models import Consent, Involvement, Victim

if TYPE_CHECKING:
    from accounts.roles import Role

# Every field of a request body that names a row of case data: (serializer, field) and its address.
REFERENCES = {
    ("RescueReportInput", "case"): ("rescue-reports/", Case),
    ("RescueReportInput", "site"): ("rescue-reports/", Site),
    ("RegisterSiteSerializer", "case"): ("sites/", Case),
    ("AssignManySerializer", "cases"): ("cases/assign-many/", Case),
    ("TransferInput", "case"): ("transfers/", Case),
    ("AddSuspectInput", "case"): ("suspects/", Case),
    ("AddSuspectInput", "same_as"): ("suspects/", Suspect),
    ("MergeVictimInput", "other"): ("victims/{own}/merge/", Victim),
    ("JudgeInput", "victim"): ("matches/", Victim),
    ("JudgeInput", "other"): ("matches/", Victim),
    ("MergeInput", "other"): ("perpetrators/{own}/merge/", Perpetrator),
    ("AddAliasInput", "perpetrator"): ("aliases/", Perpetrator),
    ("RecordPaymentInput", "sentence"): ("compensation-payments/", Sentence),
    ("RecordComplaintInput", "case"): ("complaints/", Case),
    ("RecordComplaintInput", "suspects"): ("complaints/", Suspect),
    ("OpenProsecutionInput", "case"): ("prosecutions/", Case),
    ("OpenProsecutionInput", "complaint"): ("prosecutions/", Complaint),
    ("RecordArrestInput", "suspect"): ("arrests/", Suspect),
    ("BeginCustodyInput", "suspect"): ("custodies/", Suspect),
    ("ListHearingInput", "prosecution"): ("hearings/", Prosecution),
    ("FileChargeInput", "prosecution"): ("charges/", Prosecution),
    ("FileChargeInput", "suspect"): ("charges/", Suspect),
    ("FileChargeInput", "survivors"): ("charges/", Involvement),
    ("NameSurvivorsInput", "survivors"): ("charges/{own}/name-survivors/", Involvement),
    ("FrameChargesInput", "charges"): ("prosecutions/{own}/frame-charges/", Charge),
    ("RecordPoliceReportInput", "complaint"): ("police-reports/", Complaint),
    ("RecordJudgmentInput", "prosecution"): ("judgments/", Prosecution),
    ("RecordJudgmentInput", "appeal"): ("judgments/", Appeal),
    ("DecisionInput", "charge"): ("judgments/", Charge),
    ("FileAppealInput", "judgment"): ("appeals/", Judgment),
    ("RecordSentenceInput", "judgment"): ("sentences/", Judgment),
    ("RecordSentenceInput", "suspect"): ("sentences/", Suspect),
    ("RecordParticipationInput", "involvement"): ("participations/", Involvement),
    ("RecordParticipationInput", "prosecution"): ("participations/", Prosecution),
    ("CorrectParticipationInput", "prosecution"): ("participations/{own}/correct/", Prosecution),
    ("AskProtectionInput", "involvement"): ("protective-measures/", Involvement),
    ("AskProtectionInput", "prosecution"): ("protective-measures/", Prosecution),
    ("RecordAccusationInput", "involvement"): ("accusations/", Involvement),
    ("RecordRequestInput", "case"): ("assistance-requests/", Case),
    ("RecordRequestInput", "prosecution"): ("assistance-requests/", Prosecution),
    ("ApplyForCertificateInput", "involvement"): ("release-certificates/", Involvement),
    ("SetEntitlementInput", "certificate"): ("entitlements/", ReleaseCertificate),
    ("RecordRehabilitationPaymentInput", "entitlement"): ("rehabilitation-payments/", Entitlement),
    ("MakeClaimInput", "involvement"): ("compensation-claims/", Involvement),
    ("RecordClaimPaymentInput", "claim"): ("claim-payments/", CompensationClaim),
    ("PlanRepatriationInput", "involvement"): ("repatriations/", Involvement),
    ("InvolveInput", "case"): ("involvements/", Case),
    ("InvolveInput", "person"): ("involvements/", Involvement),
    ("JoinSiblingsInput", "sibling"): ("victims/{own}/join-siblings/", Involvement),
    ("GrantConsentInput", "person"): ("consents/", Involvement),
    ("RecordShareInput", "consent"): ("consent-shares/", Consent),
    ("RecordServiceInput", "involvement"): ("service-records/", Involvement),
    ("RecordServiceInput", "referral"): ("service-records/", Referral),
    ("DraftReferralInput", "involvement"): ("referrals/", Involvement),
    ("PlaceInput", "involvement"): ("placements/", Involvement),
    ("OpenPlanInput", "involvement"): ("care-plans/", Involvement),
    ("SetGoalInput", "plan"): ("goals/", CarePlan),
    ("ReviewPlanInput", "plan"): ("plan-reviews/", CarePlan),
    ("FollowUpInput", "plan"): ("follow-ups/", CarePlan),
    ("BeginAssessmentInput", "plan"): ("assessments/", CarePlan),
    ("ProposeDisclosureInput", "case"): ("disclosures/", Case),
    ("OpenInEmergencyInput", "case"): ("emergencies/", Case),
    ("DeclareConflictInput", "case"): ("conflicts/", Case),
    ("DeclareConflictInput", "person"): ("conflicts/", Victim),
    ("AddTaskInput", "case"): ("tasks/", Case),
    ("WriteCaseNoteInput", "case"): ("notes/", Case),
    ("ReceiveDocumentInput", "case"): ("documents/", Case),
    ("RecordCustodyInput", "document"): ("custody-events/", Document),
    ("LinkCasesInput", "case"): ("case-links/", Case),
    ("LinkCasesInput", "other"): ("case-links/", Case),
    ("BeginNetworkInput", "suspect"): ("networks/", Suspect),
    ("AddMemberInput", "network"): ("network-members/", Network),
    ("AddMemberInput", "suspect"): ("network-members/", Suspect),
    ("RecordCorridorInput", "case"): ("corridors/", Case),
    ("RecordCorridorInput", "network"): ("corridors/", Network),
    ("CorridorInput", "network"): ("corridors/", Network),
    ("RecordLeadInput", "case"): ("leads/", Case),
    ("AddStepInput", "case"): ("investigation-steps/", Case),
    ("AddStepInput", "lead"): ("investigation-steps/", Lead),
    ("RecordIncidentInput", "case"): ("online-incidents/", Case),
    ("SetIncidentSurvivorsInput", "incident"): ("incident-survivors/", OnlineIncident),
    ("SetIncidentSurvivorsInput", "survivors"): ("incident-survivors/", Involvement),
    ("SameSiteInput", "site"): ("same-sites/", Site),
    ("SameSiteInput", "other"): ("same-sites/", Site),
    ("RecordRequestInput", "step"): ("assistance-requests/", InvestigationStep),
    ("RecordRequestInput", "incident"): ("assistance-requests/", OnlineIncident),
    ("RelateRequestInput", "step"): ("assistance-requests/{own}/relate/", InvestigationStep),
    ("RelateRequestInput", "incident"): ("assistance-requests/{own}/relate/", OnlineIncident),
    ("AmendRescueInput", "sites"): ("rescues/{own}/amend/", Site),
    ("AddMetInput", "rescue"): ("involvements/met/", Rescue),
    ("SetSuspectsMetInput", "rescue"): ("suspects-met/", Rescue),
    ("SetSuspectsMetInput", "suspects"): ("suspects-met/", Suspect),
}
# Where the id does not stand by itself under its name: how it is sent, and where the words are.
PLACED = {
    ("AssignManySerializer", "cases"): (lambda pk: {"cases": [pk]}, "cases[0]"),
    ("RecordComplaintInput", "suspects"): (lambda pk: {"suspects": [pk]}, "suspects[0]"),
    ("FileChargeInput", "survivors"): (lambda pk: {"survivors": [pk]}, "survivors[0]"),
    ("NameSurvivorsInput", "survivors"): (lambda pk: {"survivors": [pk]}, "survivors[0]"),
    ("SetIncidentSurvivorsInput", "survivors"): (lambda pk: {"survivors": [pk]}, "survivors[0]"),
    ("SetSuspectsMetInput", "suspects"): (lambda pk: {"suspects": [pk]}, "suspects[0]"),
    ("AmendRescueInput", "sites"): (lambda pk: {"sites": [pk]}, "sites[0]"),
    ("FrameChargesInput", "charges"): (lambda pk: {"charges": [pk]}, "charges[0]"),
    ("DecisionInput", "charge"): (
        lambda pk: {"decisions": [{"charge": pk, "disposition": "convicted_trial"}]},
        "decisions[0].charge",
    ),
}
# Whose verb it is, where the row is not of the kind that the body names.
OWN = {
    "assistance-requests": AssistanceRequest,
    "charges": Charge,
    "participations": Participation,
    "prosecutions": Prosecution,
    "rescues": Rescue,
    "victims": Victim,
}
# Verbs a case manager does not hold: who asks instead.
ASKERS: dict[tuple[str, str], Role] = {}
# Fields checked for their form before anything is looked up: what is no id gets other words.
FORM_FIRST = {("DecisionInput", "charge"): "a UUID by type; tells nothing of any row"}
