"""From a questionnaire file to a published version: reading, checking, comparing with the version before, writing."""

from .problems import Invalid, Problem
from .publishing import Outcome, latest_published, load_default, publish, publish_file

__all__ = ["Invalid", "Outcome", "Problem", "latest_published", "load_default", "publish", "publish_file"]
