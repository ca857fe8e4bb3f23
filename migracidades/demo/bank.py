"""Organisations of the demonstration, and the doors to its bank of practices and its agenda."""

from governments.models import Body, Organisation

from . import content
from .agenda import hold_events
from .practices import publish_practices

__all__ = ["found_organisations", "hold_events", "publish_practices"]


def found_organisations():
    """Universities, associations and networks that stand beside the governments."""
    for row in content.organisations():
        body = Body.objects.create(kind=Body.Kind.ORGANISATION)
        Organisation.objects.create(body=body, **row)
