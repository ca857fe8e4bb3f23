"""The catalogue as pages, rules and reports read it: frozen, complete, in every language, without queries after the first look.

A published questionnaire never changes, so each process keeps what it has read once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from threading import Lock

from .models import AnswerType, AppliesTo, EvidencePolicy, Questionnaire
from .text import EMPTY, Text

LANGUAGES = ("pt-br", "en", "es")
# Which questions a kind of government is asked beside those for all (the file's applies_to_rule).
ASKED_OF = {
    "municipality": AppliesTo.MUNICIPALITY,
    "federal_district": AppliesTo.MUNICIPALITY,
    "state_district": AppliesTo.MUNICIPALITY,
    "state": AppliesTo.STATE,
}

TAKEN_AS_STORED = (
    *("id", "code", "order", "answer_type", "period", "minimum", "maximum", "integer", "evidence", "applies_to"),
    *("weight", "facet", "maturity", "suggest_when", "depends_on_code", "country_scope"),
)

_kept: dict[int, "Catalogue"] = {}
_lock = Lock()


@dataclass(frozen=True, eq=False)
class Label:
    """A code of one of the questionnaire's lists, with its words."""

    code: str
    label: Text


@dataclass(frozen=True, eq=False)
class Option:
    code: str
    label: Text
    score: Decimal | None = None
    exclusive: bool = False


@dataclass(frozen=True, eq=False)
class Indicator:
    id: int
    code: str
    order: int
    dimension_number: int
    question: Text
    help: Text
    answer_type: str
    options: tuple[Option, ...]
    unit: Text
    period: str
    period_label: Text
    minimum: Decimal | None
    maximum: Decimal | None
    integer: bool
    evidence: str
    evidence_label: Text
    applies_to: str
    weight: int
    facet: str
    maturity: str
    basis: tuple[str, ...]
    suggest_when: Mapping
    suggested_action: Text
    depends_on_code: str
    depends_on_answers: tuple[str, ...]
    country_scope: str

    @property
    def has_status(self):
        """Whether its answer says that something exists; numbers and texts only inform."""
        return self.answer_type not in (AnswerType.NUMBER, AnswerType.TEXT)

    @property
    def takes_evidence(self):
        return self.evidence != EvidencePolicy.NONE

    def option(self, code):
        """Raises KeyError for a code the indicator does not offer."""
        return self._options[code]

    @cached_property
    def _options(self):
        return {option.code: option for option in self.options}


@dataclass(frozen=True, eq=False)
class Dimension:
    id: int
    number: int
    slug: str
    group: str
    group_label: Text
    name: Text
    description: Text
    sdg_targets: tuple[str, ...]
    suggested_respondents: tuple[Label, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, eq=False)
class ProfileField:
    code: str
    type: str
    required: bool
    label: Text
    help: Text


@dataclass(frozen=True, eq=False)
class Catalogue:
    """One questionnaire. `words` holds the labels the file states once: help of yes_no_partial, no_data, source,
    reference_month, not_applicable, comment."""

    id: int
    slug: str
    version: int
    digest: str
    published_at: datetime | None
    title: Text
    introduction: Text
    words: Mapping[str, Text]
    facets: tuple[Label, ...]
    maturity_stages: tuple[Label, ...]
    respondent_sectors: tuple[Label, ...]
    groups: tuple[Label, ...]
    dimensions: tuple[Dimension, ...]
    profile_fields: tuple[ProfileField, ...]

    @cached_property
    def indicators(self):
        """All indicators by code, in their order."""
        return {row.code: row for dimension in self.dimensions for row in dimension.indicators}

    @cached_property
    def _dimensions(self):
        return {dimension.number: dimension for dimension in self.dimensions}

    def dimension(self, number):
        return self._dimensions[number]

    def indicator(self, code):
        return self.indicators[code]

    def indicators_for(self, government_kind, country="br"):
        """The indicators a kind of government may be asked, whatever it answers."""
        return [row for row in self.indicators.values() if concerns(row, government_kind, country)]

    def applicable(self, indicator, government_kind, answers, country="br"):
        """Whether the question is asked: it concerns this kind of government, and the question it depends on was asked and
        answered so. `answers` maps codes to answers."""
        if not concerns(indicator, government_kind, country):
            return False
        if not indicator.depends_on_code:
            return True
        parent = self.indicators[indicator.depends_on_code]
        return self.applicable(parent, government_kind, answers, country) and _opens(
            indicator, answers.get(parent.code)
        )

    def asked(self, government_kind, answers, country="br"):
        """The questions asked of a government with these answers, in order."""
        rows = self.indicators.values()
        return [row for row in rows if self.applicable(row, government_kind, answers, country)]

    def dependants(self, code):
        """The indicators that depend directly on this one."""
        return [row for row in self.indicators.values() if row.depends_on_code == code]


def concerns(indicator, government_kind, country="br"):
    if indicator.country_scope and indicator.country_scope != country:
        return False
    return indicator.applies_to in (AppliesTo.BOTH, ASKED_OF[government_kind])


def _opens(indicator, parent_answer):
    if parent_answer is None or parent_answer.not_applicable or parent_answer.value is None:
        return False
    value = parent_answer.value
    given = value if isinstance(value, list | tuple) else [value]
    return any(code in indicator.depends_on_answers for code in given)


def of(questionnaire_id):
    """The catalogue of one questionnaire; a draft is read anew each time. Raises Questionnaire.DoesNotExist."""
    kept = _kept.get(questionnaire_id)
    if kept:
        return kept
    fresh = _read(Questionnaire.objects.get(pk=questionnaire_id))
    if fresh.published_at:
        with _lock:
            _kept[questionnaire_id] = fresh
    return fresh


def latest(slug=None):
    """The catalogue of the version published last, or None. One query: another process may have published since."""
    rows = Questionnaire.objects.filter(published_at__isnull=False)
    if slug:
        rows = rows.filter(slug=slug)
    newest = rows.order_by("-published_at", "-pk").values_list("pk", flat=True).first()
    return of(newest) if newest else None


def forget():
    """Read everything anew: after a publication, whose transaction may yet fail and leave its number to another."""
    with _lock:
        _kept.clear()


def _read(row):
    frame = row.frame
    number, choice = frame["answer_types"]["number"], frame["answer_types"]["yes_no_partial"]
    words = {name: Text(number[name]["label"]) for name in ("no_data", "source", "reference_month")}
    words |= {name: Text(frame[name]["label"]) for name in ("not_applicable", "comment")}
    words["yes_no_partial_help"] = Text(choice["help"])
    lists = {name: _labels(frame[name]) for name in ("groups", "facets", "maturity_stages", "respondent_sectors")}
    return Catalogue(
        id=row.pk,
        slug=row.slug,
        version=row.version,
        digest=row.digest,
        published_at=row.published_at,
        title=_text(row, "title"),
        introduction=_text(row, "introduction"),
        words=words,
        dimensions=_dimensions(row, lists),
        profile_fields=tuple(_profile_field(field) for field in row.profile_fields.order_by("order")),
        **lists,
    )


def _labels(rows):
    return tuple(Label(row["code"], Text(row["label"])) for row in rows)


def _dimensions(questionnaire, lists):
    frame = questionnaire.frame
    by_dimension: dict[int, list[Indicator]] = {}
    for row in questionnaire.indicators.order_by("dimension__number", "order").prefetch_related("options", "dimension"):
        by_dimension.setdefault(row.dimension_id, []).append(_indicator(row, frame))
    groups = {label.code: label.label for label in lists["groups"]}
    sectors = {label.code: label for label in lists["respondent_sectors"]}
    return tuple(
        Dimension(
            id=row.pk,
            number=row.number,
            slug=row.slug,
            group=row.group,
            group_label=groups[row.group],
            name=_text(row, "name"),
            description=_text(row, "description"),
            sdg_targets=tuple(row.sdg_targets),
            suggested_respondents=tuple(sectors[code] for code in row.suggested_respondents),
            indicators=tuple(by_dimension.get(row.pk, [])),
        )
        for row in questionnaire.dimensions.order_by("number")
    )


def _indicator(row, frame):
    periods = frame["answer_types"]["number"]["periods"]
    return Indicator(
        **{name: getattr(row, name) for name in TAKEN_AS_STORED},
        **{name: _text(row, name) for name in ("question", "help", "suggested_action", "unit")},
        dimension_number=row.dimension.number,
        options=_options(row, frame),
        period_label=Text(periods[row.period]) if row.period else EMPTY,
        evidence_label=Text(frame["evidence_policies"][row.evidence]),
        basis=tuple(row.basis),
        depends_on_answers=tuple(row.depends_on_answers),
    )


def _options(row, frame):
    if row.answer_type == AnswerType.YES_NO_PARTIAL:
        options = frame["answer_types"]["yes_no_partial"]["options"]
        return tuple(Option(each["code"], Text(each["label"]), Decimal(str(each["score"]))) for each in options)
    rows = sorted(row.options.all(), key=lambda option: option.order)
    return tuple(Option(each.code, _text(each, "label"), each.score, each.exclusive) for each in rows)


def _profile_field(row):
    return ProfileField(row.code, row.type, row.required, _text(row, "label"), _text(row, "help"))


def _text(row, name):
    return Text({language: getattr(row, f"{name}_{language.replace('-', '_')}") or "" for language in LANGUAGES})
