"""Who took part, and in what: governments, editions, participations, seals."""

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.figures.models import Presence, Standing
from certification.seal.domain import verdict

from . import published
from .table import DAY, IBGE, INSTANT, INTEGER, PORTAL, TEXT, YES_NO, Column, Table

AT_ONCE = 2000

EDITION = Column("edition", INTEGER, _("ano da edição"))
PLACE = (
    Column("ibge_code", TEXT, _("código IBGE do governo; é texto, não número"), IBGE),
    Column("government", TEXT, _("nome do governo"), IBGE),
    Column("kind", TEXT, _("tipo: municipality (município), state (estado), federal_district, state_district"), IBGE),
    Column("uf", TEXT, _("sigla da unidade da federação"), IBGE),
    Column("region", TEXT, _("região do Brasil"), IBGE),
)
PLACE_FIELDS = ("ibge_code", "name", "kind", "uf", "region")


def place(government):
    """The values of PLACE."""
    return tuple(getattr(government, name) for name in PLACE_FIELDS)


def place_of(path):
    """Where the values of PLACE stand, from a row that leads to a government."""
    return tuple(f"{path}__{name}" for name in PLACE_FIELDS)


def presences(at):
    return published.of_editions(Presence.objects.all(), at)


def government_rows(at):
    """One line a government, gathered from its participations, which come sorted."""
    url = published.address_of("government")
    rows = presences(at).order_by("search", "government", "edition__year")
    last = None
    for *government, year, standing in rows.values_list(*place_of("government"), "edition__year", "standing").iterator(
        AT_ONCE
    ):
        if last and last[0] == government:
            last[1].append((year, standing))
            continue
        if last:
            yield _government_row(*last, url)
        last = (government, [(year, standing)])
    if last:
        yield _government_row(*last, url)


def _government_row(government, parts, url):
    years = [year for year, _standing in parts]
    seals = sum(standing == Standing.CERTIFIED for _year, standing in parts)
    return (*government, min(years), max(years), len(years), seals, url(government[0]))


GOVERNMENTS = Table(
    "governments",
    _("Governos"),
    _("Todos os governos que participaram de alguma edição publicada."),
    (
        *PLACE,
        Column("first_edition", INTEGER, _("primeira edição publicada de que participou"), PORTAL),
        Column("last_edition", INTEGER, _("última edição publicada de que participou"), PORTAL),
        Column("editions", INTEGER, _("número de edições publicadas de que participou"), PORTAL),
        Column("seals", INTEGER, _("número de selos concedidos e não revogados"), PORTAL),
        Column("url", TEXT, _("endereço da página do governo"), PORTAL),
    ),
    rows=government_rows,
    count=lambda at: presences(at).order_by().values("government").distinct().count(),
    changed=published.changed,
    mark=published.mark,
)


def edition_rows(at):
    url = published.address_of_number("edition")
    certified = Count("pk", filter=Q(standing=Standing.CERTIFIED))
    counts = presences(at).order_by().values("edition").annotate(took_part=Count("pk"), certified=certified)
    numbers = {row["edition"]: row for row in counts}
    for row in published.editions(at).select_related("questionnaire").order_by("year"):
        number = numbers.get(row.pk, {"took_part": 0, "certified": 0})
        yield (
            row.year,
            f"{row.questionnaire.slug}-{row.questionnaire.version}" if row.questionnaire else None,
            timezone.localdate(row.ceremony_at) if row.ceremony_at else None,
            row.published_at,
            row.seal_valid_until,
            row.from_before_portal,
            None if row.from_before_portal else number["took_part"],
            number["certified"],
            url(row.year),
        )


EDITIONS = Table(
    "editions",
    _("Edições"),
    _("As edições publicadas, com a cerimônia e a validade do selo."),
    (
        EDITION,
        Column(
            "questionnaire", TEXT, _("identificador e versão do questionário; vazio em edições anteriores ao portal")
        ),
        Column("ceremony_on", DAY, _("dia da cerimônia")),
        Column("published_at", INSTANT, _("instante em que selos e relatórios se tornaram públicos")),
        Column("seal_valid_until", DAY, _("último dia de validade do selo")),
        Column("from_before_portal", YES_NO, _("se a edição aconteceu antes deste portal")),
        Column(
            "participants",
            INTEGER,
            _("governos inscritos; vazio em edições anteriores ao portal, das quais só se conhecem os certificados"),
            PORTAL,
        ),
        Column("certified", INTEGER, _("governos com selo concedido e não revogado"), PORTAL),
        Column("url", TEXT, _("endereço da página da edição"), PORTAL),
    ),
    rows=edition_rows,
    count=lambda at: published.editions(at).count(),
    changed=published.changed,
)


def participation_rows(at):
    rows = presences(at).order_by("edition__year", "search", "pk")
    values = rows.values_list("edition__year", *place_of("government"), "standing", "seal_code")
    for *before, standing, code in values.iterator(AT_ONCE):
        yield (*before, standing == Standing.CERTIFIED, code or None)


PARTICIPATIONS = Table(
    "participations",
    _("Participações"),
    _("Cada governo em cada edição publicada, com selo ou sem. Não há nota nem classificação."),
    (
        EDITION,
        *PLACE,
        Column("certified", YES_NO, _("se tem o selo da edição, concedido e não revogado")),
        Column("seal_code", TEXT, _("código do selo, também se foi revogado; vazio sem selo")),
    ),
    rows=participation_rows,
    count=lambda at: presences(at).count(),
    changed=published.changed,
    mark=published.mark,
)


def seal_rows(at):
    url = published.address_of("seal")
    beside = ("participation__edition", "participation__government", "revocation", "replacement", "replaced_by")
    rows = published.seals(at).select_related(*beside)
    order = (F("participation__edition__year"), F("participation__government__search"), "awarded_at", "code")
    for row in rows.order_by(*order).iterator(AT_ONCE):
        revoked = bool(row.revoked_at and row.revoked_at <= at)
        replaced = bool(row.replaced_at and row.replaced_at <= at)
        decision = (revoked and row.revocation) or (replaced and row.replacement) or None
        yield (
            row.code,
            row.participation.edition.year,
            *place(row.participation.government),
            str(verdict(row, at)),
            row.awarded_at,
            row.valid_until,
            row.revoked_at if revoked else None,
            row.replaced_at if replaced else None,
            row.replaced_by.code if replaced else None,
            decision.public_reason if decision else None,
            row.earlier_source or None,
            url(row.code),
        )


SEALS = Table(
    "seals",
    _("Selos"),
    _("Os selos das edições publicadas e como estão hoje. Cada um pode ser verificado no endereço que traz."),
    (
        Column("code", TEXT, _("código do selo")),
        EDITION,
        *PLACE,
        Column(
            "state",
            TEXT,
            _("situação hoje: valid (válido), expired (expirado), revoked (revogado), replaced (substituído)"),
            PORTAL,
        ),
        Column("awarded_at", INSTANT, _("instante da concessão")),
        Column("valid_until", DAY, _("último dia de validade")),
        Column("revoked_at", INSTANT, _("instante da revogação; vazio se não foi revogado")),
        Column("replaced_at", INSTANT, _("instante da substituição; vazio se não foi substituído")),
        Column("replaced_by", TEXT, _("código do selo que vale no lugar deste")),
        Column("public_reason", TEXT, _("motivo público da revogação ou da substituição")),
        Column("source", TEXT, _("fonte da concessão, em edições anteriores ao portal")),
        Column("url", TEXT, _("endereço para verificar o selo"), PORTAL),
    ),
    rows=seal_rows,
    count=lambda at: published.seals(at).count(),
    changed=published.changed,
    mark=published.mark,
    daily=True,
)
