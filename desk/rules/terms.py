"""How long the record may stay silent before somebody is asked: every term in one place.

Where a law or an own rule of the house gives the term, it is named; the others are the house's
own choice and may be changed here.
"""

from datetime import timedelta

from prosecutions.limitation import AHEAD
from prosecutions.limits import ASKED_AFTER

# The house: the complaint is filed while those who were there still remember (domain.md, Tasks).
COMPLAINT_WITHIN = timedelta(hours=24)
# The house: a survivor waits for what was ticked under “needed now”.
DRAFT_WITHIN = timedelta(days=1)
# The house: two weeks after the rescue, or the first night placed, a care plan is opened.
PLAN_WITHIN = timedelta(days=14)
# The house: people plan the next assessment, review or call two weeks ahead.
CARE_AHEAD = timedelta(days=14)
# India: police have 60 or 90 days for a charge sheet while somebody is held (BNSS 2023, s. 187(3)).
REPORT_WITHIN = timedelta(days=90)
# As the docket: the last day for a charge is shown two weeks before.
CUSTODY_AHEAD = timedelta(days=14)
# The house: after two weeks somebody finds out until when a person may be held; as the docket.
LIMIT_ASKED_AFTER = ASKED_AFTER
# The law gives the last day (prosecutions/data/limitation.json); the house asks a quarter before.
LIMITATION_AHEAD = AHEAD
# The house: whether a charge that sleeps can be taken up again is asked every half year.
ASLEEP_ASKED_AFTER = timedelta(days=180)
# The house: within a month it is known which court a transferred charge went to.
TRANSFER_FOLLOWED_WITHIN = timedelta(days=30)
# The house: whoever was at court writes down what came of it by the next day.
RESULT_WITHIN = timedelta(days=1)
# The house: a court lists a new matter within a week, or somebody goes and asks.
LISTED_WITHIN = timedelta(days=7)
# India: judgment within 30 days of the end of arguments, 45 with reasons (BNSS 2023, s. 258(1)).
JUDGMENT_WITHIN = timedelta(days=45)
# The house: whether a stay still stands is asked after half a year; no stay ends by itself.
STAY_ASKED_AFTER = timedelta(days=180)
# The house: who waits for the court, its record or a judge asks once a month.
COURT_ASKED_AFTER = timedelta(days=30)
# The house: a sentence follows a conviction in the same or the next hearing.
SENTENCE_WITHIN = timedelta(days=14)
# The house: after a quarter without money somebody asks the authority that pays.
COMPENSATION_WITHIN = timedelta(days=90)
# The house: a reminder a month after the request, or after the last reminder.
REMINDED_AFTER = timedelta(days=30)
# The house: whoever asked us waits two weeks at most.
ANSWERED_WITHIN = timedelta(days=14)
# The house: protection is settled before the survivor is in the room.
MEASURE_AHEAD = timedelta(days=14)
# The house: after a year somebody asks the court of appeal for a date.
APPEAL_ASKED_AFTER = timedelta(days=365)
# The house: a release certificate is applied for and answered within a month of the rescue.
CERTIFICATE_WITHIN = timedelta(days=30)
# The house: somebody who receives the survivor is found two weeks before the journey.
RECEIVER_AHEAD = timedelta(days=14)
# The house: a lead is looked into within two weeks, or somebody says what became of it.
LEAD_WITHIN = timedelta(days=14)
# The house: whether a planned step was taken is asked when its day is past.
STEP_ASKED_AFTER = timedelta(days=-1)
# The house: laboratories and platforms answer within a month, or somebody asks them.
RESULT_KNOWN_WITHIN = timedelta(days=30)
# The house: a colleague's task is late for three days before whoever gives tasks is asked.
TASK_LATE_AFTER = timedelta(days=-3)
# The house: who is offered a case says within a week whether they take it over.
TAKEN_OVER_WITHIN = timedelta(days=7)
# The house: whoever agreed is asked again a month before it ends.
CONSENT_AHEAD = timedelta(days=30)
# The house: who is asked about a record looks at it within a week.
CONFIRMED_WITHIN = timedelta(days=7)
# The house: who hears a witness tomorrow needs one today.
WITNESS_AHEAD = timedelta(days=1)
# The day by which somebody is at once asked to look, where the law gives none.
AT_ONCE = timedelta(0)
SOON = timedelta(days=7)
# The house: the classes of harm are of hours. What is due later than in three days, the longest
# that police may hold anybody before a court in our countries, is ordered with the rest.
HARM_AHEAD = timedelta(days=3)
# The house: what is overdue for longer than a month is folded, a line for each kind.
LONG_OVERDUE = timedelta(days=30)
