"""Health check of the web container: the image carries no curl."""

import os
import sys
import urllib.request

request = urllib.request.Request(
    "http://127.0.0.1:8000/health/live", headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0]}
)
sys.exit(urllib.request.urlopen(request, timeout=4).status != 200)  # noqa: S310 (our own address)
