"""What the sweep of all routes sends by a form beside what stands in it."""

# What no form says: the values of boxes that are optional one by one, and of buttons.
SENT = {
    "prosecutions:record-sentence": [{"months": "84"}],
    "casework:move": [{"step": "assess"}],
    "aftercare:move": [{"step": "complete"}, {"step": "withdraw"}],
    "aftercare:move-assessment": [{"step": "take_up"}],
    "people:notices": [{}],
    "places:new-place": [{"level": "district", "parent": "IN-WB", "code": "IN-WB-QQQ"}],
    "prosecutions:mark-network": [{"status": "dormant"}],
    "prosecutions:record-death": [{"died_on": "2026-10-02"}],
    "prosecutions:correct-suspect": [{"role": "recruiter"}, {"role": "guard"}],
    "prosecutions:correct-complaint": [{"number": "INVENTED 9/2026"}],
    "prosecutions:set-accused": [{"suspects": []}],
    "prosecutions:correct-prosecution": [{"docket": "INVENTED 9/2026"}],
    "prosecutions:correct-charge": [{"offence_on": "2026-02-02"}, {"filed_on": "2026-10-01"}],
    "prosecutions:correct-judgment": [{"decided_on": "2026-10-02"}, {"decided_on": "2026-11-02"}],
    "prosecutions:correct-sentence": [{"months": "85"}],
    "prosecutions:correct-listing": [{"purpose": "mention"}],
    "prosecutions:correct-network": [{"identified_on": "2026-03-29"}],
    "prosecutions:correct-member": [{"role": "financier"}, {"role": "harbourer"}],
    "prosecutions:correct-leg": [{"jurisdiction": "TH"}],
    "prosecutions:correct-request": [{"asked_on": "2026-03-30"}],
    "prosecutions:correct-protection": [{"asked_on": "2026-04-19"}],
    "prosecutions:correct-accusation": [{"accused_on": "2026-03-14"}],
    "prosecutions:record-corridor": [{"recruitment-1": "KH", "exploitation-1": "PH"}],
    "prosecutions:replace-corridor": [{"recruitment-1": "KH", "exploitation-1": "PH"}],
}
