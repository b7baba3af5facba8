"""Code lists of the Human Trafficking Case Data Standard (HTCDS) 2.0 of IOM, CC BY 4.0.

The values are the codes of the standard, letter by letter, misspellings included; the words beside
them are ours. Where the standard and its sources differ, `victims/crosswalk.py` says how.
"""

from __future__ import annotations

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TraffickingStatus(TextChoices):
    """vic_TraffickingStatus: what a person was found to be."""

    POSSIBLE = "PossibleVictimOfTrafficking", _("Possibly a victim of trafficking")
    ACTUAL = "ActualVictimOfTrafficking", _("A victim of trafficking")
    NOT = "NotAVictimOfTrafficking", _("Not a victim of trafficking")


class DecidedBy(TextChoices):
    """vic_TraffickingStatusDecisionMakingOrg: who found so."""

    POLICE = "Police", _("Police")
    NGO = "NGO", _("An organisation such as ours")
    COURT = "CourtOrProsecution", _("Court or prosecutor")
    GOVERNMENT = "NonPoliceGovernmentalOrganization", _("Another authority")
    OTHER = "Other", _("Somebody else")


class ExploitationForm(TextChoices):
    """vic_TypeOfExploitation."""

    FORCED_LABOUR = "ForcedLabour", _("Forced labour")
    SEXUAL = "SexualExploitation", _("Sexual exploitation")
    CHILD_LABOUR = "ChildLabour", _("Child labour")
    FORCED_MARRIAGE = "ForcedMarriage", _("Forced marriage")
    SERVITUDE = "Servitude", _("Servitude, as in a household")
    MILITARY = "ForcedMilitaryByNonStateActors", _("Made to fight for an armed group")
    ORGANS = "OrganRemoval", _("Removal of organs")
    BEGGING = "ForcedBegging", _("Forced begging")
    ADOPTION = "ForcedAdoption", _("Forced adoption")
    SURROGACY = "Surrogacy", _("Surrogacy")
    OTHER = "Other", _("Another form")

    LABOUR = nonmember(frozenset({"ForcedLabour", "ChildLabour", "Servitude", "ForcedBegging"}))


class SexualKind(TextChoices):
    """vic_TypeOfSexExploitation."""

    PROSTITUTION = "Prostitution", _("Prostitution")
    PORNOGRAPHY = "Pornography", _("Abuse images or films")
    REMOTE = "RemoteInteractiveServices", _("Live before a camera")
    PRIVATE = "PrivateSexualServices", _("For one person or household")


class Control(TextChoices):
    """vic_MethodsOfControl: 16 codes of the picklist, and one that only its definitions have."""

    THREATS = "PhysicalThreats", _("Threatened with violence")
    THREATS_OF_LAW = "ThreatsLawEnforcement", _("Threatened with police or deportation")
    THREATS_TO_FAMILY = "ThreatensChildrenFamily", _("Threatened children or family")
    DEBT = "DebtBondage", _("Held by a debt")
    PROMISES = "FalsePromises", _("False promises")
    BEATEN = "PhysicalAbuse", _("Beaten or hurt")
    SEXUAL_ABUSE = "SexualAbuse", _("Sexual abuse")
    EARNINGS = "TakesEarnings", _("Earnings taken away")
    MONEY = "RestrictsFinancialAccess", _("No access to own money")
    MEDICINE = "RestrictsMedicalCare", _("Kept from a doctor")
    NECESSITIES = "WithholdsNecessities", _("Kept from food, water, sleep or clothes")
    PSYCHOLOGICAL = "PsychologicalAbuse", _("Humiliated or broken in mind")
    DRUGS = "PsychoactiveSubstance", _("Drugs or alcohol")
    HOURS = "ExcessiveWorkingHours", _("Made to work too long")
    DOCUMENTS = "WithholdsDocuments", _("Papers taken away")
    MOVEMENT = "RestrictsMovement", _("Locked in, or not free to move")
    OTHER = "Other", _("In another way")


class Recruitment(TextChoices):
    """vic_MethodOfRecruitment."""

    BUSINESS = "AtAPlaceOfBusiness", _("At a shop, bar or agency")
    SCHOOL = "AtAnEducationalInstitution", _("At a school or college")
    WORK = "AtWork", _("At work")
    SOCIAL_NETWORK = "ThroughOnlineSocialNetworks", _("Through a social network")
    ONLINE_ADVERT = "ThroughAnOnlineAdvertisement", _("Through an advertisement online")
    TELEVISION = "ThroughATelevisionAdvert", _("Through an advertisement on television")
    NEWSPAPER = "ThroughANewspaperAdvert", _("Through an advertisement in a newspaper")
    FAMILY = "ThroughFamilyOrFamilyEvents", _("Through the family")
    FRIENDS = "ThroughFriendsOrSocialEvents", _("Through friends, or at a feast")
    OTHER = "Other", _("In another way")


class Industry(TextChoices):
    """vic_ForcedLabourIndustry: the sections of ISIC Rev. 4."""

    A = "A_AgricultureForestryAndFishing", _("Farming, forestry, fishing")
    B = "B_MiningAndQuarrying", _("Mines and quarries")
    C = "C_Manufacturing", _("Factories, kilns, mills")
    D = "D_ElectricityGasSteamAndAirConditioningSupply", _("Electricity and gas")
    E = "E_WaterSupplySewerageWasteManagement", _("Water and waste")
    F = "F_Construction", _("Building")
    G = "G_WholesaleAndRetailTradeRepairOfMotorVehicles", _("Trade and vehicle repair")
    H = "H_TransportationAndStorage", _("Transport and storage")
    I = "I_AccommodationAndFoodServiceActivities", _("Hotels, restaurants, bars")  # noqa: E741
    J = "J_InformationAndCommunication", _("Information and communication")
    K = "K_FinancialAndInsuranceActivities", _("Finance and insurance")
    L = "L_RealEstateActivities", _("Real estate")
    M = "M_ProfessionalScientificAndTechnicalActivities", _("Professional and technical work")
    N = "N_AdministrativeAndSupportServiceActivities", _("Cleaning, guarding, office support")
    O = "O_PublicAdministrationAndDefence", _("Public administration, defence")  # noqa: E741
    P = "P_Education", _("Education")
    Q = "Q_HumanHealthAndSocialWorkActivities", _("Health and social work")
    R = "R_ArtsEntertainmentAndRecreation", _("Arts and entertainment")
    S = "S_OtherServiceActivities", _("Other services")
    T = "T_ActivitiesOfHouseholdsAsEmployers", _("Work in a household")
    U = "U_ActivitiesOfExtraterritorialOrganizations", _("International organisations")


class MaritalStatus(TextChoices):
    """prs_MaritalStatus."""

    SINGLE = "Single", _("Not married")
    MARRIED = "Married", _("Married")
    WIDOWED = "Widowed", _("Widowed")
    DIVORCED = "Divorced", _("Divorced")
    SEPARATED = "Separated", _("Lives apart")
    PARTNERSHIP = "RegisteredPartnership", _("Registered partnership")


class Education(TextChoices):
    """prs_HighestLevelOfEducation: levels of ISCED 2011."""

    EARLY = "EarlyChildhoodEducation", _("Nursery school")
    PRIMARY = "PrimaryEducation", _("Primary school")
    LOWER_SECONDARY = "LowerSecondaryEducation", _("Lower secondary school")
    UPPER_SECONDARY = "UpperSecondaryEducation", _("Upper secondary school")
    POST_SECONDARY = "PostSecondaryNonTertiaryEducation", _("After school, no degree")
    SHORT_TERTIARY = "ShortCycleTertiaryEducation", _("Short course at a college")
    BACHELOR = "BachelorsOrEquivalentLevel", _("Bachelor or the like")
    MASTER = "MastersOrEquivalentLevel", _("Master or the like")
    DOCTOR = "DoctoralOrEquivalentLevel", _("Doctor or the like")
