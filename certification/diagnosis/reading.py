"""Reading a diagnosis in few queries: the cycle around it, its answers, evidence and released notes."""

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.http import Http404

from certification.models import Kind, Step, StepWindow
from governments import team

from .models import AnswerEvidence, ReviewNote

# Of the steps, what a save asks: its own, and the one before it.
ASKED_STEPS = (Kind.ENROLLMENT, Kind.DIAGNOSIS)
HAS_EVIDENCE = Exists(AnswerEvidence.objects.filter(answer=OuterRef("pk")))
# Put together once: a save asks for it each time, and laying the joins took as long as asking.
STEPS_AND_PERIOD = (
    Step.objects.filter(kind__in=ASKED_STEPS)
    .annotate(
        own_period=FilteredRelation(
            "participation__edition__windows", condition=Q(participation__edition__windows__step=Kind.DIAGNOSIS)
        )
    )
    .order_by()
    .values_list("kind", "state", "correct_until", "own_period__opens_at", "own_period__closes_at")
)


def remember(instance, relation, rows):
    """Give a related manager its rows, as prefetch_related would."""
    queryset = getattr(instance, relation).get_queryset()
    queryset._result_cache = rows
    queryset._prefetch_done = True
    instance.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = queryset


def locked_row(rows):
    """One answer (or line of the sheet) under the lock of its diagnosis, with participation, step and period: two queries.

    The second is made after the wait for the lock, so that state and period are fresh; what the first has read beside the lock may have
    been written by the one waited for, which is why the write itself compares versions. Extensions are read only if somebody asks.
    """
    row = rows.select_related("diagnosis__participation__edition").select_for_update(of=("diagnosis",)).get()
    _remember_cycle(row.diagnosis.participation)
    return row


def _remember_cycle(participation):
    steps, window = [], None
    for kind, state, correct_until, opens_at, closes_at in STEPS_AND_PERIOD.filter(participation=participation.pk):
        steps.append(Step(kind=kind, state=state, correct_until=correct_until, participation=participation))
        window = StepWindow(step=Kind.DIAGNOSIS, opens_at=opens_at, closes_at=closes_at) if opens_at else None
    remember(participation, "steps", steps)
    remember(participation.edition, "windows", [window] if window else [])


def skip_extensions(participation, at):
    """An extension only lengthens a period: inside the general one nobody has to read them."""
    window = next(iter(participation.edition.windows.all()), None)
    if window and window.opens_at <= at <= window.closes_at:
        remember(participation.edition, "extensions", [])


def sees(user, participation):
    """What `visible_to` says in SQL, said of a participation that was read: these pages and saves are too many to ask twice."""
    return bool(team.role_in_body(user, participation.government_id) or user.programme_roles)


def participation_of(user, pk):
    """The participation with its diagnosis and all the cycle asks for, in three queries. Raises Http404 outside what the person may see."""
    around = ("participation__government", "participation__edition", "participation__diagnosis")
    steps = list(Step.objects.filter(participation=pk).select_related(*around).order_by())
    if not steps or not sees(user, steps[0].participation):
        raise Http404
    participation = steps[0].participation
    for step in steps:
        step.participation = participation
    remember(participation, "steps", steps)
    for periods in ("windows", "extensions"):
        remember(participation.edition, periods, list(getattr(participation.edition, periods).order_by()))
    return participation


def answers_of(diagnosis):
    """All answers by code, each with the name of who saved it and whether it has evidence: one query, and no hundred people."""
    rows = diagnosis.answers.annotate(has_evidence=HAS_EVIDENCE, saved_by=F("updated_by__name"))
    return {row.code: row for row in rows}


def evidence_of(answers, around="evidence"):
    """Links with their pieces by the answer's key, first tied first, for some of answers_of: one query, and none where nothing is attached.

    around: "evidence__file" where the file itself is asked about.
    """
    keys = [answer.pk for answer in answers if answer.has_evidence]
    if not keys:
        return {}
    links = AnswerEvidence.objects.filter(answer__in=keys).select_related(around).order_by()
    # Sorted here: an ORDER BY costs the page more than the few links do.
    return _grouped(sorted(links, key=lambda link: (link.linked_at, link.pk)), "answer_id")


def released_notes(diagnosis, **of):
    """Notes the government may read, newest round last, by the answer's key: one query."""
    notes = ReviewNote.objects.filter(round__diagnosis=diagnosis, round__released_at__isnull=False, **of)
    notes = notes.select_related("round", "by", "replied_by").order_by("round__number", "at", "pk")
    return _grouped(notes, "answer_id")


def _grouped(rows, name):
    groups = {}
    for row in rows:
        groups.setdefault(getattr(row, name), []).append(row)
    return groups
