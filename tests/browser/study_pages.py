"""Pages about studies and what stands beside them."""

from __future__ import annotations

from tests.browser.care_pages import PROGRAMME, by
from tests.browser.pages import Place
from tests.browser.ways import at, then

DATA = "data.global"
study = then(at("/studies/"), "Public establishments in Kolkata")
baseline = then(at("/studies/"), "Cebu, baseline")
stratum = then(baseline, "Public establishments")
evaluation = then(at("/evaluations/"), "Final evaluation")

STUDIES = [
    Place("studies", DATA, at("/studies/"), "Studies"),
    Place("studies-read", PROGRAMME, at("/studies/"), "Studies"),
    Place("study", DATA, study, "Public establishments in Kolkata"),
    Place("study-new", DATA, at("/studies/new/"), "Record a study"),
    Place("study-change", DATA, by(study, "/change/"), "Correct a study"),
    Place("stratum-new", DATA, by(study, "/strata/new/"), "Add a stratum"),
    Place("stratum", DATA, stratum, "Public establishments"),
    Place("visit-new", DATA, by(stratum, "/visits/new/"), "Record a visit"),
    Place("visits-table", DATA, by(stratum, "/visits/table/"), "Visits from"),
    Place(
        "observe",
        DATA,
        by(then(study, "Public establishments"), "/observe/"),
        "Record what one observer",
    ),
    Place("rounds", DATA, by(stratum, "/recaptures/new/"), "Record two rounds"),
    Place("estimate-new", DATA, by(stratum, "/estimates/new/"), "Enter a"),
    Place("estimate-pair", DATA, by(baseline, "/pair/"), "Compare with an endline"),
    Place("pair", DATA, by(baseline, "/estimate-pairs/"), "Before and after"),
    Place("sample-size", DATA, at("/sample-size/?before=5.5&after=2&power=0.8&effect=2"), "Sample"),
    Place("sample-size-refused", DATA, at("/sample-size/?before=5&after=5"), "Sample size"),
    Place("statistics", DATA, at("/external-statistics/"), "Figures of others"),
    Place("statistic-new", DATA, at("/external-statistics/new/"), "Record a figure"),
    Place("surveys", DATA, at("/district-surveys/"), "District surveys"),
    Place("survey-new", DATA, at("/district-surveys/new/"), "Record a survey"),
    Place("programmes", DATA, at("/programmes/"), "Programmes"),
    Place("programme-new", DATA, at("/programmes/new/"), "Record a programme"),
    Place("trainings", DATA, at("/trainings/"), "Trainings"),
    Place("training-new", DATA, at("/trainings/new/"), "Record a training"),
    Place("evaluations", DATA, at("/evaluations/"), "Evaluations"),
    Place("evaluation", DATA, evaluation, "Final evaluation"),
    Place("finding-new", DATA, by(evaluation, "/findings/new/"), "Add a finding"),
    Place("prevalence", PROGRAMME, at("/reports/prevalence/"), "Prevalence"),
    Place("reductions", PROGRAMME, at("/reports/baseline-endline/"), "Before and after"),
]
