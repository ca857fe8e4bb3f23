"""Lists in pages, and answers that say whether they changed."""

import hashlib
from functools import wraps
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.cache import get_conditional_response
from ninja import Schema
from pydantic import Field

LARGEST = 100
Item = TypeVar("Item")


class Paging(Schema):
    page: int = Field(1, ge=1, le=100_000)
    page_size: int = Field(50, ge=1, le=LARGEST)


class Page(Schema, Generic[Item]):
    count: int
    page: int
    pages: int
    next: str | None = Field(None, description="Address of the next page")
    previous: str | None = None
    items: list[Item]


def page_of(request, rows, paging, shape):
    """One page of the rows, each told by `shape`. Beyond the last page: 404."""
    paginator = Paginator(rows, paging.page_size)
    if paging.page > paginator.num_pages:
        raise Http404
    page = paginator.page(paging.page)
    return {
        "count": paginator.count,
        "page": paging.page,
        "pages": paginator.num_pages,
        "next": _address(request, paging.page + 1) if page.has_next() else None,
        "previous": _address(request, paging.page - 1) if page.has_previous() else None,
        "items": [shape(row) for row in page.object_list],
    }


def _address(request, number):
    query = {**request.GET.dict(), "page": number}
    return f"{request.path}?{urlencode(query)}"


def etagged(view):
    """A read whose answer bears an ETag; asked again with If-None-Match it is 304 while nothing changed. Any site may read it."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method == "HEAD":
            return _without_content(answer, request, args, kwargs)
        response = view(request, *args, **kwargs)
        if request.method == "GET":
            response = _conditional(request, response)
        return open_to_all(response)

    return answer


def _conditional(request, response):
    # Kept only to ask again: a seal may be revoked at any moment.
    response["Cache-Control"] = "no-cache"
    if response.status_code != 200:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def _without_content(answer, request, args, kwargs):
    """The headers that GET would get: the package itself answers the methods it was told, and no other."""
    request.method = "GET"
    try:
        response = answer(request, *args, **kwargs)
    finally:
        request.method = "HEAD"
    length = str(len(response.content))
    response.content = b""
    response["Content-Length"] = length
    return response


def open_to_all(response):
    """Public data without cookies: programs of other sites may read it, errors too."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
