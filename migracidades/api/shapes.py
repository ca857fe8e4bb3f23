"""What the public read API tells of each thing. Nothing here knows of weights or scores."""

from datetime import date, datetime
from decimal import Decimal

from ninja import Schema
from pydantic import Field


class Texts(Schema):
    """A text in the three languages; a missing one is null."""

    pt_br: str = Field(alias="pt-br")
    en: str | None = None
    es: str | None = None


class Extension(Schema):
    scope: str
    region: str | None
    uf: str | None
    ibge_code: str | None
    closes_at: datetime
    public_reason: str


class Period(Schema):
    step: str
    opens_at: datetime
    closes_at: datetime
    extensions: list[Extension]


class Edition(Schema):
    year: int
    programme: str
    questionnaire: str | None = Field(description="Identifier and version of its questionnaire")
    published: bool = Field(description="Whether seals and reports of this edition are public")
    published_at: datetime | None
    ceremony_on: date | None
    seal_valid_until: date | None
    from_before_portal: bool
    certified: int | None = Field(description="Governments with a seal that was not revoked; null before publication")
    periods: list[Period]
    url: str


class GovernmentInShort(Schema):
    ibge_code: str
    name: str
    kind: str
    uf: str
    region: str
    url: str


class SealInShort(Schema):
    code: str
    edition: int
    state: str = Field(description="valid, expired, revoked or replaced, now")
    awarded_at: datetime
    valid_until: date | None
    url: str


class Government(GovernmentInShort):
    seals: list[SealInShort]


class StepOut(Schema):
    step: str
    state: str


class Participation(Schema):
    edition: int
    steps: list[StepOut]


class Result(Schema):
    """How many questions of a dimension say that something exists, partly, not yet, or does not apply."""

    edition: int
    dimension: int
    exists: int
    partly: int
    not_yet: int
    not_applicable: int


class GovernmentWhole(Government):
    participations: list[Participation]
    dimension_results: list[Result]


class Seal(SealInShort):
    government: GovernmentInShort
    source: str | None = Field(description="Source of an award from before the portal")
    revoked_at: datetime | None
    replaced_at: datetime | None
    replaced_by: str | None = Field(description="Code of the seal that took its place")
    public_reason: str | None = Field(description="Why it was revoked or replaced")


class Option(Schema):
    code: str
    label: Texts


class Indicator(Schema):
    code: str
    question: Texts
    help: Texts
    answer_type: str
    options: list[Option]
    evidence: str
    applies_to: str


class Dimension(Schema):
    number: int
    slug: str
    group: str
    name: Texts
    description: Texts
    sdg_targets: list[str]
    url: str


class DimensionWhole(Dimension):
    questionnaire: str
    indicators: list[Indicator]


class Questionnaire(Schema):
    id: str = Field(description="Identifier and version")
    version: int
    title: Texts
    published_at: datetime
    sha256: str = Field(description="Of the file it was published from")
    dimensions: int = Field(description="How many dimensions")
    indicators: int = Field(description="How many questions")


class DimensionOfQuestionnaire(Schema):
    number: int
    slug: str
    group: str
    name: Texts
    description: Texts
    sdg_targets: list[str]
    indicators: list[Indicator]


class QuestionnaireWhole(Questionnaire):
    introduction: Texts | None
    questions: list[DimensionOfQuestionnaire] = Field(description="The questions by dimension")


class ActionInPlan(Schema):
    """A priority action as one plan holds it: what was promised, and what was verified of it."""

    edition: int
    dimension: int
    indicator: str | None = Field(description="Code of the question it answers to")
    title: str
    objective: str | None
    department: str | None
    starts_on: date | None
    ends_on: date | None
    state: str = Field(description="not_started, in_progress, late, done or not_delivered")
    degree: int | None = Field(
        description="Degree of implementation in percent, from what was verified; null without a basis"
    )
    told_on: date | None = Field(description="Day of the last verified entry")
    waiting: bool = Field(description="Whether newer entries wait to be verified")


class Action(ActionInPlan):
    id: int
    government: GovernmentInShort


class ActionWhole(Schema):
    id: int
    government: GovernmentInShort
    plans: list[ActionInPlan] = Field(description="Latest edition first")


class Owner(Schema):
    kind: str
    name: str
    ibge_code: str | None


class Practice(Schema):
    id: int
    key: str
    title: Texts
    summary: Texts
    owner: Owner
    dimensions: list[int]
    indicators: list[str]
    sdg_targets: list[str]
    features: list[str]
    started_year: int | None
    published_at: datetime
    url: str


class PracticeResult(Schema):
    what: str
    figure: Decimal
    of: Decimal | None
    unit: str
    source: str


class PracticeDocument(Schema):
    title: str
    type: str
    year: int | None
    url: str | None


class PracticeWhole(Practice):
    language: str
    story: dict[str, str]
    how_to_replicate: list[str]
    quote: str
    quote_by: str
    partners: list[Owner]
    results: list[PracticeResult]
    documents: list[PracticeDocument]


class Attendance(Schema):
    number: int
    unit: str = Field(description="people or governments; never added up")


class Session(Schema):
    title: Texts | None
    starts_at: datetime
    minutes: int
    attendance: Attendance | None


class Event(Schema):
    id: int
    key: str
    type: str
    title: Texts
    description: Texts | None
    audience: Texts
    mode: str
    starts_on: date
    ends_on: date
    precision: str = Field(description="day, or month where only the months are known")
    dimensions: list[int]
    attendance: Attendance | None
    url: str


class EventWhole(Event):
    sessions: list[Session]
    recording: str | None
    practices: list[str]
