"""Addresses of the portal: each app lists its own, from the root; here they are put together.

Pages take the prefix /en/ or /es/; what machines read (API, files of seals, health) does not.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

handler400 = "core.views_frame.bad_request"
handler403 = "core.views_frame.forbidden"
handler404 = "core.views_frame.not_found"
handler500 = "core.views_frame.server_error"

PAGES = [
    "core.urls_frame",
    "migracidades.public.urls",
    "migracidades.open_data.urls_pages",
    "accounts.urls",
    "governments.urls",
    "certification.urls",
    "certification.enrollment.urls",
    "certification.diagnosis.urls",
    "certification.prioritization.urls",
    "certification.seal.urls",
    "certification.monitoring.urls",
    "certification.reports.urls",
    "practices.urls",
    "events.urls",
    "annual_reports.urls",
]
MACHINES = ["core.urls", "migracidades.api.urls", "migracidades.open_data.urls", "certification.seal.urls_files"]

urlpatterns = [path("", include(module)) for module in MACHINES]
urlpatterns += i18n_patterns(*(path("", include(module)) for module in PAGES), prefix_default_language=False)
