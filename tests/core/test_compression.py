"""What is compressed on its way, and what is left as it is."""

import gzip
import io

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from core.compression import CompressionMiddleware

LONG = b"governo " * 400


def answer(response, method="get", accepts="gzip, br"):
    request = getattr(RequestFactory(), method)("/", headers={"accept-encoding": accepts})
    return CompressionMiddleware(lambda request: response)(request)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json", "image/svg+xml", "text/csv"])
def test_text_is_compressed(kind):
    found = answer(HttpResponse(LONG, content_type=kind))
    assert found["Content-Encoding"] == "gzip"
    assert gzip.decompress(found.content) == LONG
    assert "Accept-Encoding" in found["Vary"]


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/zip"])
def test_what_is_compressed_already_is_left(kind):
    assert "Content-Encoding" not in answer(HttpResponse(LONG, content_type=kind))


def test_a_file_that_streams_is_left():
    assert "Content-Encoding" not in answer(FileResponse(io.BytesIO(LONG), content_type="text/csv"))


def test_what_is_written_keeps_its_strong_etag():
    found = answer(HttpResponse(LONG, content_type="application/json", headers={"ETag": '"3"'}), method="put")
    assert found["ETag"] == '"3"'


def test_who_does_not_ask_gets_it_plain():
    assert answer(HttpResponse(LONG), accepts="").content == LONG
