"""What the benchmarks of the diagnosis start from: fifty governments for the bare list, one of them with its diagnosis answered."""

from contextlib import contextmanager
from datetime import timedelta

from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment
from django.utils import timezone

from accounts.models import User
from certification import cycle
from certification.diagnosis.evidence import attach_address
from certification.diagnosis.models import Answer
from certification.models import Edition, Kind, Participation, Programme
from dimensions import catalogue, loader
from governments.models import Body, Government, Membership

ROWS = 50
NEARBY = timedelta(days=10)
COMMENT = "A secretaria responde pela pauta desde 2019, com equipe própria e orçamento da assistência social."


@contextmanager
def as_served():
    """Without what the test environment adds to every template that is drawn: it would be counted for each small part of a page."""
    teardown_test_environment()
    try:
        yield
    finally:
        setup_test_environment()


def prepare():
    """(participation, client signed in as its manager)."""
    now = timezone.now()
    loader.load_default()
    governments = [_government(number) for number in range(ROWS)]
    edition = Edition.objects.create(programme=Programme.objects.create(slug="bench", name="Bench"), year=now.year)
    cycle.set_windows(edition, dict.fromkeys(Kind, (now - NEARBY, now + NEARBY)))
    manager, participation = _open(edition, governments[0], now)
    _answer_all(participation.diagnosis, manager, now)
    _attach_some(participation, manager, now)
    client = Client(enforce_csrf_checks=True)
    client.force_login(manager)
    return participation, client


def _government(number):
    body = Body.objects.create(kind=Body.Kind.GOVERNMENT)
    facts = {"kind": Government.Kind.MUNICIPALITY, "uf": "RS", "region": "Sul", "name": f"Cidade {number}"}
    return Government.objects.create(body=body, ibge_code=str(4300000 + number), **facts)


def _open(edition, government, at):
    manager = User.objects.create_user("manager@bench.example", "uma senha de teste", name="Ana Prates")
    coordinator = User.objects.create_user("coordinator@bench.example", "uma senha de teste", name="Helena Takeda")
    coordinator.programme_role_rows.create(role="coordinator", since=at - NEARBY)
    Membership.objects.create(body=government.body, user=manager, role="manager", since=at - NEARBY)
    participation = cycle.begin(edition, government, by=manager, at=at)
    participation.steps.get(kind=Kind.ENROLLMENT).submit(by=manager, at=at)
    cycle.accept(Participation.objects.get(pk=participation.pk), Kind.ENROLLMENT, by=coordinator, at=at)
    return manager, Participation.objects.get(pk=participation.pk)


def _answer_all(diagnosis, person, at):
    questions = catalogue.of(diagnosis.questionnaire_id)
    for answer in Answer.objects.filter(diagnosis=diagnosis):
        indicator = questions.indicator(answer.code)
        chosen = indicator.options[0].code if indicator.options else None
        value = [chosen] if indicator.answer_type == "multi_choice" else chosen
        said = {"value": value, "comment": COMMENT, "version": 1, "updated_by": person, "updated_at": at}
        Answer.objects.filter(pk=answer.pk).update(**said)


def _attach_some(participation, person, at):
    """Two questions of the measured page have an address, as on most pages of a diagnosis under way."""
    for code in ("1.01", "1.02"):
        lookup = {"diagnosis__participation": participation.pk, "code": code}
        attach_address(lookup, f"https://cidade.example/{code}", by=person, at=at, title="Página da secretaria")
