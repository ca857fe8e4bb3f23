"""The whole of a report: what is computed and what people wrote, as one JSON with a hash anyone can compute again."""

import hashlib

from django.conf import settings

from certification import cycle
from certification.models.snapshot import canonical

from . import gathering
from .models import SECTIONS

SCHEMA = 1


def of_draft(report, at):
    """What the report would say if it were published at this instant."""
    programme = cycle.the_programme()
    return {
        "schema": SCHEMA,
        "year": report.year,
        "number": report.number,
        "programme": programme.name if programme else "MigraCidades",
        "contact": settings.CONTACT_EMAIL,
        "gathered_at": at.isoformat(timespec="seconds"),
        "reason": report.reason,
        **gathering.facts(report.year, at),
        "texts": {name: gathering.three(report, name) for name in SECTIONS},
        "media": {"number": report.media_count, "at_least": report.media_at_least, "source": report.media_source},
        "course": {
            "people": report.course_people,
            "servants": report.course_servants,
            "at_least": report.course_at_least,
            "source": report.course_source,
        },
        "testimonials": gathering.quoted(report, at),
    }


def sha256_of(content):
    """Of canonical JSON: sorted keys, UTF-8, no spaces."""
    return hashlib.sha256(canonical(content)).hexdigest()


def of(report, at):
    """Frozen if it was published, else as it stands."""
    return of_draft(report, at) if report.is_draft else report.content
