"""Health, for load balancers and operators. No secrets, no versions."""

from django.http import JsonResponse

from core import health


def live(request):
    """The process answers. Asks nobody, so that an outage elsewhere does not get it restarted."""
    return JsonResponse({"status": "ok", "degraded": [], "checks": {}}, headers={"Cache-Control": "no-store"})


def ready(request):
    """Whether requests can be served, and what is only half there."""
    report = health.report()
    status = 503 if report["status"] == "down" else 200
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": "15"} if status == 503 else {})
    return JsonResponse(report, status=status, headers=headers)
