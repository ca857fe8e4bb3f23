"""The portal's addresses and one act that weighs."""

from django.http import HttpResponse

from accounts.recent import recently_authenticated
from core.routes import SIGNED_IN, Access, route
from migracidades import urls


@recently_authenticated
def weigh(request):
    return HttpResponse(f"done: {request.POST['what']}")


urlpatterns = [route("peso/", weigh, name="weigh", access=Access(SIGNED_IN, methods=("POST",))), *urls.urlpatterns]
