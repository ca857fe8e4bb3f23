"""Links that leave the site: only ever from the configured address, never from what a request claims to be."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


def absolute(path):
    """The full address of a path of this portal."""
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or not path.startswith("/"):
        raise ValueError(f"not a path of this portal: {path!r}")
    return settings.PUBLIC_BASE_URL + path


def absolute_url(name, *args, **kwargs):
    """The full address of a named route."""
    return absolute(reverse(name, args=args, kwargs=kwargs))
