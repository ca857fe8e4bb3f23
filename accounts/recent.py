"""Acts that weigh, such as awarding a seal, ask who is there once more."""

from functools import wraps

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired


def require(request):
    """Let pass who confirmed password or code in the last ten minutes, else lead there and come back to what was sent."""
    if not is_recent(request):
        raise ReauthenticationRequired


def is_recent(request):
    return did_recently_reauthenticate(request)


def recently_authenticated(view):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        require(request)
        return view(request, *args, **kwargs)

    return guarded
