"""What records of survivors must not say: given, told or found in the future."""

from casework.contradictions import happened

happened("victims.Involvement", "identified_on")
happened("victims.Consent", "given_on", "withdrawn_on")
happened("victims.Share", "told_on")
happened("victims.Withdrawal", "told_on")
happened("victims.Exploitation", "decided_on")
