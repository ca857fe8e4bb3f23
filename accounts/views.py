"""One's own account."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import second_factor
from accounts.forms import ProfileForm


def account(request):
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Dados da conta salvos."))
        with translation.override(request.user.language):
            return redirect("account")
    context = {"form": form, "has_second_factor": second_factor.has_one(request.user)}
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)
