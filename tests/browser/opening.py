"""What is there before the story begins: tables, reference data, the programme's people and an edition whose call is open.

`python -m tests.browser.opening` makes it in the portal's own database; `... an-hour-later` lets an hour pass for all sessions,
`... annual-report` publishes the year's report once the story is told.
"""

import sys
import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import django

PASSWORD = "farol marmita bicicleta"
HELENA = {"name": "Helena Takeda", "email": "helena@coordenacao.example"}
MARCOS = {"name": "Marcos Lobato", "email": "marcos@coordenacao.example"}
TIAGO = {"name": "Tiago Benguela", "email": "tiago@coordenacao.example"}
HOUR = 3600


def today():
    """The day it is in Brasília, as the portal counts."""
    return datetime.now(ZoneInfo("America/Sao_Paulo")).date()


def prepare():
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_reference", verbosity=0)


def appoint():
    from accounts.people import create_person, give_role

    for person, role in ((HELENA, "coordinator"), (MARCOS, "coordinator"), (TIAGO, "reviewer")):
        give_role(create_person(**person, password=PASSWORD), role)


def open_call():
    """This year's edition. All its periods are open at once: whether a step is due, its predecessor decides."""
    from django.utils import timezone

    from certification import cycle
    from certification.models import Edition, Kind
    from dimensions.models import Questionnaire

    now = timezone.now()
    edition = Edition.objects.create(
        programme=cycle.the_programme(),
        year=today().year,
        questionnaire=Questionnaire.objects.latest("pk"),
        call="Chamada aberta a municípios e estados de todo o país.",
        ceremony_at=now + timedelta(days=30),
        seal_valid_until=date(today().year + 1, 12, 31),
    )
    cycle.set_windows(edition, dict.fromkeys(Kind, (now - timedelta(days=2), now + timedelta(days=60))))


def fill_the_agenda_and_the_bank():
    """A meeting to come, one that was, and a practice: the story does not tell of them, but their pages are looked at."""
    from django.utils import timezone

    from events.domain import create_event
    from governments.models import Government
    from practices.domain import publish_practice

    now = timezone.now()
    canoas = Government.objects.get(ibge_code="4304606").body
    publish_practice(
        "acolhida-nas-escolas",
        owner=canoas,
        at=now,
        title_pt_br="Acolhida nas escolas",
        summary_pt_br="Matrícula sem documento brasileiro, com tradução e uma pessoa de referência por escola.",
        what_was_done="Uma circular de uma página e uma visita a cada escola.",
        dimensions=(7, 4),
        results=(
            {
                "what": "estudantes migrantes matriculados",
                "figure": 312,
                "unit": "estudantes",
                "source": "Censo Escolar",
            },
        ),
        features=("replicability",),
    )
    for key, days, attendance in (("que-foi", -20, {"number": 48}), ("que-vem", 20, None)):
        create_event(
            key,
            at=now,
            type="webinar",
            title_pt_br="Português como língua de acolhimento",
            audience_rule="open",
            audience_label_pt_br="Aberto ao público",
            registration_opens_at=now - timedelta(days=40),
            registration_closes_at=now + timedelta(days=days),
            sessions=({"starts_at": now + timedelta(days=days), "minutes": 90},),
            attendance=attendance,
        )


def an_hour_later():
    """Sign-ins are an hour old: what weighs asks who is there once more."""
    from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        for record in session.get(AUTHENTICATION_METHODS_SESSION_KEY, []):
            record["at"] = time.time() - HOUR
        session.save()


def publish_the_annual_report():
    """Of this year, whose edition the story has published: its page is looked at."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from annual_reports import domain

    helena, now = get_user_model().objects.get(email=HELENA["email"]), timezone.now()
    draft = domain.start_draft(today().year, by=helena, at=now)
    domain.publish(draft, version=draft.version, by=helena, at=now)


def main(words):
    django.setup()
    if words == ["annual-report"]:
        publish_the_annual_report()
        return
    if words == ["an-hour-later"]:
        an_hour_later()
        return
    prepare()
    appoint()
    open_call()
    fill_the_agenda_and_the_bank()


if __name__ == "__main__":
    main(sys.argv[1:])
