"""Errors for machines: `application/problem+json` with a stable code and a detail in the reader's language."""

from http import HTTPStatus

from django.http import JsonResponse


def problem(request, status, code, detail, **extra):
    facts = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "code": code}
    facts |= {"detail": str(detail), "instance": request.path, "request_id": getattr(request, "id", ""), **extra}
    return JsonResponse(
        facts, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )


def wants_problem(request):
    """Whether the answer is for a program: the API's addresses, or a request that accepts JSON and not HTML."""
    accept = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or ("json" in accept and "text/html" not in accept)
