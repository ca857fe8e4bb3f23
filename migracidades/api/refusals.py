"""The errors of the API, as its description declares them."""

from ninja import Schema
from pydantic import ConfigDict, Field


class Problem(Schema):
    """application/problem+json, RFC 9457: `code` is stable, `detail` is for people, in the reader's language."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="Always about:blank; `code` tells the errors apart")
    title: str
    status: int
    code: str
    detail: str
    instance: str
    request_id: str


class FieldError(Schema):
    place: str
    message: str


class Invalid(Problem):
    errors: list[FieldError] | None = None


# What any address may answer beside its own: asked too often, an outage with Retry-After.
ALWAYS = {405: Problem, 429: Problem, 503: Problem}
PUBLIC_REFUSALS = {404: Problem, 422: Invalid, **ALWAYS}
