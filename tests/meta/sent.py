"""What the sweep of all routes sends by a form beside what stands in it."""

# What no form says: the values of boxes that are optional one by one, and of buttons.
SENT = {
    "prosecutions:record-sentence": [{"months": "84"}],
    "casework:move": [{"step": "assess"}],
    "aftercare:move": [{"step": "complete"}, {"step": "withdraw"}],
    "aftercare:move-assessment": [{"step": "take_up"}],
    "people:notices": [{}],
    "prosecutions:mark-network": [{"status": "dormant"}],
    "prosecutions:correct-suspect": [{"role": "recruiter"}, {"role": "guard"}],
    "prosecutions:correct-complaint": [{"number": "INVENTED 9/2026"}],
    "prosecutions:set-accused": [{"suspects": []}],
    "prosecutions:correct-prosecution": [{"docket": "INVENTED 9/2026"}],
    "prosecutions:correct-charge": [{"offence_on": "2026-02-02"}, {"filed_on": "2026-10-01"}],
    "prosecutions:correct-judgment": [{"decided_on": "2026-10-02"}, {"decided_on": "2026-11-02"}],
    "prosecutions:correct-sentence": [{"months": "85"}],
    "prosecutions:record-corridor": [{"recruitment-1": "KH", "exploitation-1": "PH"}],
    "prosecutions:replace-corridor": [{"recruitment-1": "KH", "exploitation-1": "PH"}],
}
