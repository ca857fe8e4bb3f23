"""Text goes over the line compressed, from the portal itself: not every installation has a proxy that does it."""

from django.middleware.gzip import GZipMiddleware

TEXT = {
    "text/html",
    "text/plain",
    "text/csv",
    "text/calendar",
    "text/markdown",
    "application/json",
    "application/xml",
    "application/atom+xml",
    "application/ld+json",
    "image/svg+xml",
}


class CompressionMiddleware(GZipMiddleware):
    """Django's, with its padding against guessing from lengths, for text alone: a PDF or a picture would only cost time.

    What is written keeps its strong ETag, which gzip would weaken.
    """

    def process_response(self, request, response):
        kind = response.get("Content-Type", "").partition(";")[0]
        if request.method != "GET" or response.streaming or kind not in TEXT:
            return response
        return super().process_response(request, response)
