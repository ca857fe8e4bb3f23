"""The editions of the demonstration: opened, given their periods and questionnaire, extended, published; and seals from in between."""

from django.utils import timezone

from certification import cycle
from certification.models import Edition, Extension, Kind
from certification.seal.domain import publish_edition, record_earlier_seal
from core.dates import deadline_text
from dimensions import catalogue

from . import content
from .calendar import CEREMONY, WINDOWS

EARLIER_SOURCE = "Dado fictício de demonstração: edição cujos documentos não passaram por este portal"


def open_edition(calendar, *, by):
    """An edition with its five periods and its call."""
    edition = Edition.objects.create(
        programme=cycle.the_programme(),
        year=calendar.year,
        questionnaire_id=catalogue.latest().id,
        call=content.call(calendar.year, deadline_text(calendar.period(Kind.ENROLLMENT)[1])),
        ceremony_at=calendar.instant(CEREMONY).replace(hour=19, minute=0, second=0),
        seal_valid_until=calendar.opens.replace(year=calendar.year + 1, month=12, day=31),
    )
    cycle.set_windows(edition, {kind: calendar.period(kind) for kind in WINDOWS}, by=by)
    return edition


def extend(edition, calendar, kind, day, reason, *, by, granted=None, **whom):
    """A later closing on a day of the edition. whom: region= or government=; nobody named means all."""
    scope = "region" if "region" in whom else "government" if "government" in whom else "all"
    before = WINDOWS[kind][1] - 4 if granted is None else granted
    return cycle.extend(
        edition,
        kind,
        scope=Extension.Scope(scope),
        closes_at=calendar.instant(day),
        reason=reason,
        by=by,
        at=calendar.at(before, 15, 30),
        **whom,
    )


def publish(edition, calendar, *, by):
    """On the evening of the ceremony, if that is over."""
    at = edition.ceremony_at
    if at < calendar.now:
        publish_edition(edition, by=by, at=at)
        edition.refresh_from_db()


def seals_between(government, number, years):
    """Seals of editions whose documents the portal never held, of the latest free years. years: those held in the portal."""
    year = min(years) if not years else max(years)
    while number > 0:
        year -= 1
        if year in years or year == 2021:
            continue
        edition = _earlier_edition(year)
        at = edition.published_at
        participation, _created = cycle.record_earlier_award(edition, government, source=EARLIER_SOURCE, at=at)
        record_earlier_seal(participation, source=EARLIER_SOURCE, at=at)
        number -= 1


def _earlier_edition(year):
    ceremony = timezone.make_aware(timezone.datetime(year, 12, 10, 19))
    facts = {
        "from_before_portal": True,
        "ceremony_at": ceremony,
        "published_at": ceremony,
        "seal_valid_until": ceremony.date().replace(year=year + 1, month=12, day=31),
    }
    return Edition.objects.get_or_create(programme=cycle.the_programme(), year=year, defaults=facts)[0]


FLOODS = (
    "Chuvas e enchentes atingiram municípios da região e interromperam o atendimento por semanas. O prazo foi prorrogado para que "
    "nenhum governo deixe de participar por isso. (Fato fictício de demonstração.)"
)
MONITORING_FLOODS = (
    "Enchentes no primeiro semestre pararam obras e serviços em várias regiões. O acompanhamento das ações prioritárias foi "
    "prorrogado para todos os governos desta edição. (Fato fictício de demonstração.)"
)
NEW_TEAM = "A equipe mudou durante a etapa e pediu mais tempo para reunir as respostas das secretarias. O pedido foi feito dentro do prazo."
SIGNATURE = "A assinatura do documento de intenção atrasou por licença de quem dirige o governo."
NEW_GOVERNMENT = "A gestão mudou depois da chamada e confirmou o interesse logo que tomou posse."
NO_ACCESS = "O sistema de protocolo do governo ficou fora do ar na última semana da inscrição."

# Extensions of the current edition by stage: step, closing day (a text counts from today), who, reason.
PERMANENT = [(Kind.DIAGNOSIS, 165, {"region": "Sul"}, FLOODS)]
LATER = [*PERMANENT, (Kind.DIAGNOSIS, 185, "late-start", NEW_TEAM), (Kind.PRIORITIZATION, 270, "late-start", NEW_TEAM)]
OF_STAGE = {
    "enrollment": [],
    "diagnosis": [(Kind.ENROLLMENT, 85, "late-start", SIGNATURE)],
    "prioritization": [*PERMANENT, (Kind.DIAGNOSIS, "+5", "late-start", NEW_TEAM)],
    "certified": LATER,
    "monitoring": LATER,
}


def extensions_of(stage, today, governments):
    """(step, closing day, whom, reason) of a stage. governments: those who took a profile, by its key."""
    for kind, day, whom, reason in OF_STAGE[stage]:
        day = today + int(day) if isinstance(day, str) else day
        if isinstance(whom, dict):
            yield kind, day, whom, reason
        elif whom in governments:
            yield kind, day, {"government": governments[whom]}, reason
