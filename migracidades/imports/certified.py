"""Governments certified in editions from before the portal, from a list of names."""

import csv
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certification import cycle
from certification.figures.domain import all_at_once
from certification.models import Edition
from certification.seal.domain import record_earlier_seal
from governments.models import Government
from governments.resolve import Resolver, Unresolved

from .lines import Problem, Refused, in_order, read

REQUIRED, OPTIONAL = ("name",), ("edition", "kind", "uf")
FIRST_YEAR = "2000"
EARLIER_EDITIONS = Path(settings.BASE_DIR) / "certification" / "data" / "earlier-editions.csv"


@dataclass(frozen=True)
class Award:
    """One line understood."""

    line: int
    year: int
    name: str
    government: Government


@dataclass
class Outcome:
    awards: list = field(default_factory=list)
    left_out: int = 0
    created: int = 0
    already: int = 0
    notes: list = field(default_factory=list)


def import_certified(path, *, edition=None, dry_run=False):
    """Record the awards a list names: all of them, or none. Returns Outcome; raises Refused with every problem."""
    lines, problems = read(path, REQUIRED, OPTIONAL)
    if not Government.objects.exists():
        raise Refused([Problem(0, _("Não há governos no banco de dados; rode antes o comando load_reference."))])
    outcome = Outcome()
    outcome.awards, outcome.left_out = _understood(lines, edition, problems)
    problems += _refused_editions({award.year for award in outcome.awards})
    if problems:
        raise Refused(in_order(problems))
    if not outcome.awards:
        raise Refused([Problem(0, _("Nenhuma linha para importar nesta edição; confira o arquivo e a edição pedida."))])
    _record(outcome, dry_run)
    return outcome


def _understood(lines, edition, problems):
    """(awards, number of lines of other editions); what is not understood goes into problems."""
    resolver, seen, awards, left_out = Resolver(), {}, [], 0
    for line in lines:
        try:
            year = _year(line["edition"], edition)
            if edition and year != edition:
                left_out += 1
                continue
            award = Award(line.number, year, line["name"], resolver.resolve(line["name"], line["kind"], line["uf"]))
            _check_new(award, seen)
            awards.append(award)
        except (Unresolved, ValueError) as error:
            problems.append(Problem(line.number, str(error)))
    return awards, left_out


def _year(text, edition):
    if not text and edition:
        return edition
    if not text:
        raise ValueError(_("falta o ano da edição; preencha a coluna edition ou informe --edition."))
    if not (text.isascii() and text.isdigit() and len(text) == 4 and text >= FIRST_YEAR):
        raise ValueError(_("«%(text)s» não é um ano de edição; escreva quatro algarismos, como 2021.") % {"text": text})
    if int(text) > timezone.localdate().year:
        raise ValueError(_("a edição %(year)s ainda não aconteceu; confira o ano.") % {"year": text})
    return int(text)


def _check_new(award, seen):
    first = seen.setdefault((award.year, award.government.pk), award)
    if first is not award:
        text = _("%(government)s já está na linha %(line)d; deixe uma das duas.")
        raise ValueError(text % {"government": award.government, "line": first.line})


def _refused_editions(years):
    """Editions held on the portal are awarded there, never imported."""
    held = Edition.objects.filter(programme=cycle.the_programme(), year__in=years, from_before_portal=False)
    text = _("A edição %(year)s acontece neste portal e os selos dela são concedidos aqui; retire estas linhas.")
    return [Problem(0, text % {"year": edition.year}) for edition in held]


def _record(outcome, dry_run):
    with transaction.atomic():
        with all_at_once(timezone.now()):
            _record_all(outcome)
        if dry_run:
            transaction.set_rollback(True)


def _record_all(outcome):
    editions = {year: _edition(year, outcome) for year in {award.year for award in outcome.awards}}
    for award in outcome.awards:
        if _record_one(editions[award.year], award.government):
            outcome.created += 1
        else:
            outcome.already += 1


def _record_one(edition, government):
    """Record an award; tells whether it was new."""
    source, at = _facts(edition.year)["source"], edition.published_at
    participation, _created = cycle.record_earlier_award(edition, government, source=source, at=at)
    _seal, created = record_earlier_seal(participation, source=source, at=at)
    return created


def _edition(year, outcome):
    facts = _facts(year)
    if not facts["known"]:
        text = _("Edição %(year)s: o dia da cerimônia não consta em %(file)s; usado o último dia do ano.")
        outcome.notes.append(text % {"year": year, "file": EARLIER_EDITIONS.name})
    edition, _created = Edition.objects.get_or_create(
        programme=cycle.the_programme(),
        year=year,
        defaults={
            "from_before_portal": True,
            "ceremony_at": facts["ceremony"],
            "published_at": facts["ceremony"],
            "seal_valid_until": facts["seal_valid_until"],
        },
    )
    return edition


def _facts(year):
    """Ceremony, validity and source of an edition from before the portal."""
    row = _earlier_editions().get(year)
    if row:
        return {
            "known": True,
            "ceremony": _start_of(date.fromisoformat(row["ceremony"])),
            "seal_valid_until": date.fromisoformat(row["seal_valid_until"]),
            "source": row["source"],
        }
    return {
        "known": False,
        "ceremony": _start_of(date(year, 12, 31)),
        "seal_valid_until": date(year + 1, 12, 31),
        "source": _("Lista de governos certificados da edição %(year)s") % {"year": year},
    }


@cache
def _earlier_editions():
    with open(EARLIER_EDITIONS, encoding="utf-8", newline="") as file:
        return {int(row["year"]): row for row in csv.DictReader(file)}


def _start_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))
