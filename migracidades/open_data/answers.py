"""What exists and what was promised: of validated steps of certified governments, out of prepared tables, never of live answers."""

from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from certification.diagnosis.models import DimensionResult
from certification.figures.models import (
    ActionCount,
    EditionCount,
    FrozenStatuses,
    IndicatorCount,
    PublicAction,
    Standing,
)

from . import published
from .places import AT_ONCE, EDITION, PLACE, place_of
from .table import DAY, GOVERNMENT, INTEGER, PORTAL, TEXT, YES_NO, Column, Table

COUNTS = ("exists", "partly", "not_yet", "not_applicable")
DIMENSION = Column("dimension", INTEGER, _("número da dimensão, de 1 a 10"))


def dimension_results(at):
    """Results of the copies that were validated, of governments that were certified."""
    frozen = FrozenStatuses.objects.filter(
        participation__edition__in=published.editions(at).order_by().values("pk"),
        participation__presence__standing=Standing.CERTIFIED,
    )
    return DimensionResult.objects.filter(snapshot__in=frozen.values("snapshot_id"))


def dimension_rows(at):
    rows = dimension_results(at).order_by(
        "participation__edition__year", "participation__government__search", "participation", "dimension"
    )
    place = place_of("participation__government")
    yield from rows.values_list("participation__edition__year", *place, "dimension", *COUNTS).iterator(AT_ONCE)


DIMENSION_RESULTS = Table(
    "dimension-results",
    _("O que existe, por dimensão e governo"),
    _(
        "Para cada governo certificado, quantas perguntas de cada dimensão dizem que algo existe. São contagens: não há nota."
    ),
    (
        EDITION,
        *PLACE,
        DIMENSION,
        Column("exists", INTEGER, _("número de perguntas em que a resposta é «existe»"), GOVERNMENT),
        Column("partly", INTEGER, _("número de perguntas em que a resposta é «existe em parte»"), GOVERNMENT),
        Column("not_yet", INTEGER, _("número de perguntas em que a resposta é «ainda não existe»"), GOVERNMENT),
        Column("not_applicable", INTEGER, _("número de perguntas que não se aplicam ao governo"), GOVERNMENT),
    ),
    rows=dimension_rows,
    count=lambda at: dimension_results(at).count(),
    changed=published.changed,
    mark=published.mark,
)


def indicator_rows(at):
    rows = published.of_editions(IndicatorCount.objects.all(), at).order_by(
        "edition__year", "dimension", "code", "region", "kind"
    )
    yield from rows.values_list("edition__year", "dimension", "code", "region", "kind", *COUNTS).iterator(AT_ONCE)


INDICATOR_RESULTS = Table(
    "indicator-results",
    _("O que existe, por pergunta"),
    _("Quantos governos certificados deram cada resposta a cada pergunta, por região e tipo de governo."),
    (
        EDITION,
        DIMENSION,
        Column("indicator", TEXT, _("código da pergunta no questionário da edição")),
        Column("region", TEXT, _("região do Brasil")),
        Column("kind", TEXT, _("tipo de governo")),
        Column("exists", INTEGER, _("número de governos que respondem «existe»"), GOVERNMENT),
        Column("partly", INTEGER, _("número de governos que respondem «existe em parte»"), GOVERNMENT),
        Column("not_yet", INTEGER, _("número de governos que respondem «ainda não existe»"), GOVERNMENT),
        Column("not_applicable", INTEGER, _("número de governos a que a pergunta não se aplica"), GOVERNMENT),
    ),
    rows=indicator_rows,
    count=lambda at: published.of_editions(IndicatorCount.objects.all(), at).count(),
    changed=published.changed,
    mark=published.mark,
)


def public_actions(at):
    return published.of_editions(PublicAction.objects.all(), at)


ACTION_FIELDS = ("action", "order", "dimension", "indicator_code", "title", "objective", "department")
ACTION_PROGRESS = ("starts_on", "ends_on", "degree", "state", "told_on", "waiting")


def action_rows(at):
    rows = public_actions(at).order_by("edition__year", "government__search", "participation", "order")
    fields = ("edition__year", *place_of("government"), *ACTION_FIELDS, *ACTION_PROGRESS)
    for row in rows.values_list(*fields).iterator(AT_ONCE):
        yield tuple(value if value != "" else None for value in row)


ACTIONS = Table(
    "actions",
    _("Ações prioritárias"),
    _("As ações dos planos validados e até onde foram. «Não entregue» também é uma situação que se mostra."),
    (
        EDITION,
        *PLACE,
        Column(
            "action", INTEGER, _("número da ação neste portal; a mesma ação pode estar em mais de uma edição"), PORTAL
        ),
        Column("order", INTEGER, _("lugar da ação no plano, como o governo a pôs"), GOVERNMENT),
        DIMENSION,
        Column("indicator", TEXT, _("código da pergunta do diagnóstico a que a ação responde"), GOVERNMENT),
        Column("title", TEXT, _("o que o governo vai fazer"), GOVERNMENT),
        Column("objective", TEXT, _("objetivo da ação"), GOVERNMENT),
        Column("department", TEXT, _("órgão responsável"), GOVERNMENT),
        Column("starts_on", DAY, _("início previsto"), GOVERNMENT),
        Column("ends_on", DAY, _("fim previsto"), GOVERNMENT),
        Column(
            "degree",
            INTEGER,
            _("grau de implementação em por cento, do que foi feito sobre o total; vazio onde não se conta"),
            PORTAL,
        ),
        Column(
            "state",
            TEXT,
            _(
                "situação: not_started (não iniciada), in_progress (em andamento), late (em atraso), done (concluída), not_delivered (não entregue)"
            ),
            PORTAL,
        ),
        Column("told_on", DAY, _("data do último registro de andamento verificado pela coordenação")),
        Column("waiting", YES_NO, _("se há registros mais novos à espera de verificação"), PORTAL),
    ),
    rows=action_rows,
    count=lambda at: public_actions(at).count(),
    changed=published.changed_with_progress,
    mark=lambda at: (published.mark(at), public_actions(at).order_by().aggregate(Count("pk"), Max("pk"))),
    daily=True,
)

REACHED = ("enrolled", "diagnosed", "planned", "certified", "revoked", "monitored", "again")


def number_rows(at):
    """One line a figure: the same ones that the page of numbers draws."""
    counts = published.of_editions(EditionCount.objects.all(), at).order_by("edition__year", "region", "uf", "kind")
    for year, region, uf, kind, *numbers in counts.values_list("edition__year", "region", "uf", "kind", *REACHED):
        for figure, number in zip(REACHED, numbers, strict=True):
            if number is not None:
                yield (year, figure, region, uf, kind, None, None, number)
    actions = published.of_editions(ActionCount.objects.all(), at).order_by(
        "edition__year", "region", "kind", "dimension", "state"
    )
    for year, region, kind, dimension, state, number in actions.values_list(
        "edition__year", "region", "kind", "dimension", "state", "number"
    ):
        yield (year, "actions", region, None, kind, dimension, state, number)


NUMBERS = Table(
    "numbers",
    _("Números do programa"),
    _("Quantos governos chegaram a cada etapa e como andam as ações, por edição, região e tipo de governo."),
    (
        EDITION,
        Column(
            "figure",
            TEXT,
            _(
                "o que se conta: governos enrolled (inscritos), diagnosed (diagnóstico validado), planned (priorização validada), certified (com "
                "selo), revoked (selo revogado), monitored (monitoramento validado), again (certificados que se inscreveram de novo na edição "
                "seguinte); ou actions (ações prioritárias)"
            ),
            PORTAL,
        ),
        Column("region", TEXT, _("região do Brasil")),
        Column("uf", TEXT, _("sigla da unidade da federação; vazio nas ações, que se contam por região")),
        Column("kind", TEXT, _("tipo de governo")),
        Column("dimension", INTEGER, _("número da dimensão, nas ações")),
        Column("state", TEXT, _("situação, nas ações")),
        Column("number", INTEGER, _("quantos"), PORTAL),
    ),
    rows=number_rows,
    count=lambda at: sum(1 for _row in number_rows(at)),
    changed=published.changed_with_progress,
    daily=True,
)
