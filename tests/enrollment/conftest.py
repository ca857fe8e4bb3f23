"""Canoas in an edition whose periods are open, and what a complete enrolment holds."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from certification import cycle
from certification.enrollment import domain
from certification.models import Edition, Kind, Participation, Programme
from dimensions import catalogue, loader

DAY = timedelta(days=1)
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def edition(db):
    programme = Programme.objects.create(slug="migracidades-tests", name="MigraCidades")
    edition = Edition.objects.create(programme=programme, year=2031)
    now = timezone.now()
    cycle.set_windows(edition, dict.fromkeys(Kind, (now - 10 * DAY, now + 10 * DAY)))
    return edition


@pytest.fixture
def questionnaire(db):
    """What a validated enrolment opens the diagnosis with."""
    catalogue.forget()
    yield loader.load_default()
    catalogue.forget()


@pytest.fixture
def participation(edition, ana, canoas):
    return cycle.begin(edition, canoas, by=ana, at=timezone.now())


@pytest.fixture
def complete(participation, ana):
    domain.save_enrollment(
        participation, content(), version=0, by=ana, at=timezone.now(), document=pdf("documento de intencao.pdf")
    )
    return loaded(participation)


@pytest.fixture
def submitted(complete, ana):
    domain.submit_enrollment(complete, by=ana, at=timezone.now())
    return loaded(complete)


def loaded(participation):
    return Participation.objects.with_cycle().get(pk=participation.pk)


def pdf(name="documento.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def person(name, email):
    return {
        "name": name,
        "position": "Assistente social",
        "department": "Secretaria de Assistência Social",
        "email": email,
        "phone": "(51) 3425-0000",
    }


def content(**changed):
    """What a complete form saves, with some of it changed."""
    whole = {
        "signatory_name": "Jussara Prado",
        "signatory_position": "Prefeita",
        "lead_department": "Secretaria de Assistência Social",
        "motives": "Recebemos famílias todo mês e queremos organizar a acolhida.",
        "people": {
            (1, "reference"): person("Ana Prates", "ana@canoas.example"),
            (1, "alternate"): person("Wanderley Quispe", "wanderley@canoas.example"),
        },
    }
    return whole | changed


def fields(**changed):
    """The same as a browser posts it."""
    whole = content()
    posted = {name: whole[name] for name in domain.TEXTS} | {"version": "0"}
    for (pair, role), one in whole["people"].items():
        posted |= {f"{role}_{pair}_{name}": text for name, text in one.items()}
    return posted | changed
