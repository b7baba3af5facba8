"""Faults in studies: a guard that is gone, a formula that forgets a part."""

from __future__ import annotations

from types import SimpleNamespace

from studies import comparing, samples, side_by_side, statistics, visit_rules, writing
from studies.api import study_viewsets
from studies.models import Visit
from studies.services import estimates, outside, visits
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

ESTIMATES = "tests/studies/test_estimates.py"
OUTSIDE = "tests/studies/test_outside.py"
PAGES = "tests/studies/test_pages.py"
STATISTICS = "tests/studies/test_statistics.py"
STUDIES = "tests/studies/test_studies.py"


@fault(ESTIMATES)
def what_cannot_be_compared_is():
    """A pair is made of whatever somebody chooses."""
    replace(estimates, "reasons_against", lambda baseline, endline: [])


@fault(ESTIMATES)
def not_representative_is_compared():
    """A side that is not representative is measured against the other."""
    reasons = comparing._of_studies
    replace(
        comparing,
        "_of_studies",
        lambda one, two: (words for words in reasons(one, two) if "representative" not in words),
    )


@fault(ESTIMATES)
def design_effects_are_forgotten():
    """The interval of a reduction is that of people asked one by one."""
    replace(comparing.Counts, "effective", property(lambda self: (self.k, self.n)))


@fault(ESTIMATES)
def a_share_without_n_asks_only_the_database():
    """Publishing a share without n breaks off instead of saying why."""
    publish = estimates.publish_estimate.run

    def unchecked(estimate, *, version, actor):
        estimate.n = estimate.n or 1
        return publish(estimate, version=version, actor=actor)

    replace(estimates.publish_estimate, "run", unchecked)


@fault(STATISTICS, STUDIES)
def visits_are_no_clusters():
    """The error is that of people asked one by one."""
    whole = statistics.cluster_share

    def simple(clusters, visited=0.0):
        k, n = sum(c[0] for c in clusters), sum(c[1] for c in clusters)
        return whole([(k, n)], visited)

    replace(samples, "cluster_share", simple)


@fault(STUDIES)
def the_map_does_not_narrow():
    """The part of the map that was visited is not looked at."""
    whole = statistics.cluster_share
    replace(samples, "cluster_share", lambda clusters, visited=0.0: whole(clusters))


@fault(STUDIES)
def a_visit_left_out_counts():
    """What was left out is counted all the same."""

    def all_kept(**of):
        rows = Visit.objects.filter(**of)
        return SimpleNamespace(
            values_list=lambda *names: [(*row[:3], "") for row in rows.values_list(*names)]
        )

    replace(samples, "Visit", SimpleNamespace(objects=SimpleNamespace(filter=all_kept)))


@fault(STUDIES, PAGES)
def some_of_many_visits_are_kept():
    """Visits that cannot be are passed over, the others kept."""
    replace(visits, "_refuse", lambda faults, numbered=False: None)


@fault(STUDIES, PAGES)
def a_venue_counts_twice():
    """With a method that comes once, a venue is counted again."""
    replace(visit_rules.Method, "ONCE", ())


@fault(OUTSIDE)
def figures_of_everything_stand_together():
    """Figures of places that have nothing to do with each other are compared."""
    replace(side_by_side, "_nested", lambda one, two, above: True)


@fault(OUTSIDE)
def parts_of_other_places():
    """A figure may name parts of another country."""
    replace(outside, "_check_parts", lambda statistic: None)


@fault(STUDIES, OUTSIDE)
def rules_are_left_to_the_database():
    """What breaks a rule is not refused in words."""
    replace(writing, "check", lambda row: None)


@fault("tests/studies/test_api.py")
def a_program_keeps_some_visits_twice():
    """The same table sent again under its key is kept again."""
    replace(
        study_viewsets.StratumViewSet,
        "once",
        lambda self, run, status=201: study_viewsets.Response(run(), status=status),
    )
