"""Publishing: everything or nothing. Published content is never touched again; the same content twice is nothing to do."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from django.db import transaction
from django.utils import timezone, translation

from .. import catalogue
from ..models import Dimension, Indicator, IndicatorLineage, Option, ProfileField, Questionnaire, Relation
from . import checks, lineage, reading, shape
from .problems import Invalid


@dataclass(frozen=True)
class Outcome:
    """`questionnaire` is None after a dry run of something new; `published` says whether this call made it."""

    questionnaire: Questionnaire | None
    version: int
    digest: str
    published: bool
    changes: lineage.Difference | None = None

    @property
    def nothing_to_do(self):
        return self.changes is None


def publish_file(path, *, dry_run=False):
    return publish(reading.read(path), dry_run=dry_run)


def publish(data, *, dry_run=False):
    """Publish content as the next version of its questionnaire. Raises Invalid with every problem."""
    _refuse(checks.problems_of(data))
    return _publish_sound(data, dry_run=dry_run)


@transaction.atomic
def load_default():
    """The published questionnaire: the latest, or else the one that comes with the portal, published now."""
    present = latest_published()
    if present:
        return present
    return _publish_sound(_bundled()).questionnaire


def latest_published(slug=None):
    rows = Questionnaire.objects.filter(published_at__isnull=False)
    if slug:
        rows = rows.filter(slug=slug)
    return rows.order_by("-published_at", "-pk").first()


@cache
def _bundled():
    data = reading.read(reading.BUNDLED)
    _refuse(checks.problems_of(data))
    return data


def _refuse(problems):
    if problems:
        raise Invalid(problems)


@transaction.atomic
def _publish_sound(data, *, dry_run=False):
    # The lock makes two publications of one questionnaire wait for each other.
    published = Questionnaire.objects.select_for_update().filter(slug=data["id"], published_at__isnull=False)
    previous = published.order_by("-version").first()
    digest = reading.digest(data)
    if previous and previous.digest == digest:
        return Outcome(previous, previous.version, digest, published=False)
    links, problems = lineage.trace(data, previous)
    _refuse(problems)
    changes = lineage.difference(data, previous, links)
    version = previous.version + 1 if previous else 1
    if dry_run:
        return Outcome(None, version, digest, published=False, changes=changes)
    questionnaire = _write(data, previous, version, digest, links)
    return Outcome(questionnaire, version, digest, published=True, changes=changes)


def _write(data, previous, version, digest, links):
    with translation.override("pt-br"):  # the column behind all languages holds the first one
        questionnaire = Questionnaire.objects.create(
            slug=data["id"],
            version=version,
            previous=previous,
            digest=digest,
            dropped=data.get("dropped", []),
            frame={key: data[key] for key in shape.FRAME.keys},
            **in_languages(data, "title", "introduction"),
        )
        _write_profile_fields(questionnaire, data["profile_fields"])
        indicators = _write_indicators(questionnaire, data["dimensions"])
        _write_options(indicators, lineage.indicators_of(data))
        _write_lineage(indicators, previous, links)
        questionnaire.published_at = timezone.now()
        questionnaire.save(update_fields=["published_at"])
    catalogue.forget()
    return questionnaire


def _write_profile_fields(questionnaire, rows):
    ProfileField.objects.bulk_create(
        ProfileField(
            questionnaire=questionnaire,
            code=row["code"],
            order=order,
            type=row["type"],
            required=row["required"],
            **in_languages(row, "label", "help"),
        )
        for order, row in enumerate(rows, start=1)
    )


def _write_indicators(questionnaire, dimensions):
    """All dimensions, then all indicators; gives the indicators by code."""
    rows = Dimension.objects.bulk_create(_dimension(questionnaire, row) for row in dimensions)
    indicators = Indicator.objects.bulk_create(
        _indicator(dimension, order, row)
        for dimension, data in zip(rows, dimensions, strict=True)
        for order, row in enumerate(data["indicators"], start=1)
    )
    return {indicator.code: indicator for indicator in indicators}


def _dimension(questionnaire, row):
    plain = ("number", "slug", "group", "sdg_targets", "suggested_respondents")
    texts = in_languages(row, "name", "description")
    return Dimension(questionnaire=questionnaire, **{key: row[key] for key in plain}, **texts)


def _indicator(dimension, order, row):
    plain = ("code", "evidence", "applies_to", "weight", "facet", "maturity", "basis", "suggest_when")
    answer, parent = row["answer"], row.get("depends_on", {})
    return Indicator(
        questionnaire_id=dimension.questionnaire_id,
        dimension=dimension,
        order=order,
        answer_type=answer["type"],
        period=answer.get("period", ""),
        minimum=_decimal(answer.get("min")),
        maximum=_decimal(answer.get("max")),
        integer=answer.get("integer", False),
        depends_on_code=parent.get("code", ""),
        depends_on_answers=parent.get("answers", []),
        country_scope=row.get("country_scope", ""),
        **{key: row[key] for key in plain},
        **in_languages(row, "question", "help", "suggested_action"),
        **(in_languages(answer, "unit") if "unit" in answer else {}),
    )


def _write_options(indicators, rows):
    Option.objects.bulk_create(
        Option(
            indicator=indicators[row["code"]],
            code=option["code"],
            order=order,
            score=_decimal(option.get("score")),
            exclusive=option.get("exclusive", False),
            **in_languages(option, "label"),
        )
        for row in rows
        for order, option in enumerate(row["answer"].get("options", []), start=1)
    )


def _write_lineage(indicators, previous, links):
    earlier = {row.code: row for row in previous.indicators.all()} if previous else {}
    IndicatorLineage.objects.bulk_create(
        IndicatorLineage(indicator=indicators[link.code], relation=link.relation, previous=earlier.get(source))
        for link in links
        for source in (link.sources if link.relation != Relation.NONE else [None])
    )


def _decimal(number):
    return None if number is None else Decimal(str(number))


def in_languages(row, *names):
    """The columns of translated texts: name_pt_br, name_en, name_es."""
    return {
        f"{name}_{language.replace('-', '_')}": row[name][language] for name in names for language in shape.LANGUAGES
    }
