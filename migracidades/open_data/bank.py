"""Practices and events, as far as they are published."""

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from events.models import Event
from governments.models import BodyKind
from practices.models import Practice

from . import published
from .table import DAY, INSTANT, INTEGER, LIST, OWNER, PORTAL, TEXT, YES_NO, Column, Table, in_three_languages, three

AT_ONCE = 500


def practice_rows(at):
    url = published.address_of_number("practice")
    rows = Practice.objects.public(at).with_owner().prefetch_related("topics")
    for row in rows.order_by("pk").iterator(AT_ONCE):
        yield (
            row.pk,
            row.key,
            *three(row, "title"),
            *three(row, "summary"),
            str(row.owner.kind),
            str(row.owner),
            row.owner.government.ibge_code if row.owner.kind == BodyKind.GOVERNMENT else None,
            row.dimensions,
            row.sdg_targets,
            row.features,
            row.started_year,
            row.published_at,
            url(row.pk),
        )


PRACTICES = Table(
    "practices",
    _("Boas práticas"),
    _("As fichas publicadas no banco de boas práticas. O relato inteiro está na página de cada uma e na API."),
    (
        Column("practice", INTEGER, _("número da prática neste portal"), PORTAL),
        Column("key", TEXT, _("identificador da prática"), PORTAL),
        *in_three_languages("title", TEXT, _("título"), OWNER),
        *in_three_languages("summary", TEXT, _("resumo"), OWNER),
        Column("owner_kind", TEXT, _("de quem é: government (governo) ou organisation (organização)"), OWNER),
        Column("owner", TEXT, _("nome de quem fez"), OWNER),
        Column("owner_ibge_code", TEXT, _("código IBGE, se quem fez é um governo"), OWNER),
        Column("dimensions", LIST, _("números das dimensões de que trata"), OWNER),
        Column("sdg_targets", LIST, _("metas dos Objetivos de Desenvolvimento Sustentável"), OWNER),
        Column("features", LIST, _("características de boa prática que a curadoria reconheceu")),
        Column("started_year", INTEGER, _("ano de início"), OWNER),
        Column("published_at", INSTANT, _("instante da publicação")),
        Column("url", TEXT, _("endereço da ficha"), PORTAL),
    ),
    rows=practice_rows,
    count=lambda at: Practice.objects.public(at).count(),
    changed=lambda at: _latest(Practice.objects.public(at), "published_at", "updated_at"),
    mark=lambda at: (
        Practice.objects.public(at).count(),
        _latest(Practice.objects.public(at), "published_at", "updated_at"),
    ),
)


def _latest(rows, *names):
    found = rows.order_by().aggregate(**{f"last_{name}": Max(name) for name in names}).values()
    return max((each for each in found if each), default=None)


def event_rows(at):
    url = published.address_of_number("event")
    rows = Event.objects.public(at).select_related("edition").prefetch_related("attendances")
    for row in rows.order_by("starts_on", "pk").iterator(AT_ONCE):
        came = row.total
        yield (
            row.pk,
            row.edition.year if row.edition else None,
            row.type,
            *three(row, "title"),
            *three(row, "audience_label"),
            row.mode,
            row.starts_on,
            row.ends_on,
            row.precision,
            row.dimensions,
            row.cancelled_at is not None,
            came.number if came else None,
            came.unit if came else None,
            url(row.pk),
        )


EVENTS = Table(
    "events",
    _("Eventos"),
    _("Os eventos publicados e quantos vieram. Pessoas e governos são contados à parte e nunca se somam."),
    (
        Column("event", INTEGER, _("número do evento neste portal"), PORTAL),
        Column("edition", INTEGER, _("ano da edição a que pertence; vazio se a nenhuma")),
        Column("type", TEXT, _("tipo: webinar, training, dialogue, working_group, sharing_seminar, ceremony")),
        *in_three_languages("title", TEXT, _("título")),
        *in_three_languages("audience", TEXT, _("público a que se destina")),
        Column("mode", TEXT, _("formato: online, in_person (presencial), hybrid (presencial e on-line)")),
        Column("starts_on", DAY, _("primeiro dia")),
        Column("ends_on", DAY, _("último dia")),
        Column("precision", TEXT, _("day (o dia é conhecido) ou month (só o mês é conhecido)")),
        Column("dimensions", LIST, _("números das dimensões de que trata")),
        Column("cancelled", YES_NO, _("se foi cancelado")),
        Column("attendance", INTEGER, _("quantos vieram ao evento todo; vazio se não se sabe")),
        Column("attendance_unit", TEXT, _("o que se contou: people (pessoas) ou governments (governos)")),
        Column("url", TEXT, _("endereço da página do evento"), PORTAL),
    ),
    rows=event_rows,
    count=lambda at: Event.objects.public(at).count(),
    changed=lambda at: _latest(Event.objects.public(at), "published_at", "updated_at"),
)
