"""Addresses of sign-in and of one's own account: allauth's views under its own names, each declared."""

from allauth.account import views as account
from allauth.account.decorators import secure_admin_login
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.contrib import admin
from django.urls import path

from accounts import views
from core.routes import ADMINISTRATOR, PROGRAMME, PUBLIC, SIGNED_IN, Access, declare_package, re_route, route

READ = Access(PUBLIC)
FORM = Access(PUBLIC, methods=("GET", "POST"))
OWN_READ = Access(SIGNED_IN)
OWN_FORM = Access(SIGNED_IN, methods=("GET", "POST"))

# Before the addresses of the admin are read: afterwards it would change nothing.
admin.site.login = secure_admin_login(admin.site.login)
declare_package("django.contrib.admin", Access(PROGRAMME, roles=(ADMINISTRATOR,), methods=("GET", "POST")))

urlpatterns = [
    path("admin/", admin.site.urls),
    route("conta/", views.account, name="account", access=OWN_FORM),
    route("conta/entrar/", account.login, name="account_login", access=FORM),
    route("conta/sair/", account.logout, name="account_logout", access=FORM),
    route("conta/criar/", account.signup, name="account_signup", access=FORM),
    route("conta/inativa/", account.account_inactive, name="account_inactive", access=READ),
    route("conta/confirmar-acesso/", account.reauthenticate, name="account_reauthenticate", access=OWN_FORM),
    route("conta/email/", account.email, name="account_email", access=OWN_FORM),
    route(
        "conta/confirmar-email/", account.email_verification_sent, name="account_email_verification_sent", access=FORM
    ),
    re_route(
        r"^conta/confirmar-email/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email", access=FORM
    ),
    route("conta/senha/trocar/", account.password_change, name="account_change_password", access=OWN_FORM),
    route("conta/senha/definir/", account.password_set, name="account_set_password", access=OWN_FORM),
    route("conta/senha/esqueci/", account.password_reset, name="account_reset_password", access=FORM),
    route("conta/senha/esqueci/enviado/", account.password_reset_done, name="account_reset_password_done", access=READ),
    route(
        "conta/senha/nova/pronto/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
        access=READ,
    ),
    re_route(
        r"^conta/senha/nova/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
        access=FORM,
    ),
    route("conta/duas-etapas/", second_factor.index, name="mfa_index", access=OWN_READ),
    route("conta/duas-etapas/codigo/", second_factor.authenticate, name="mfa_authenticate", access=FORM),
    route("conta/duas-etapas/confirmar/", second_factor.reauthenticate, name="mfa_reauthenticate", access=OWN_FORM),
    route("conta/duas-etapas/ativar/", totp.activate_totp, name="mfa_activate_totp", access=OWN_FORM),
    route("conta/duas-etapas/desativar/", totp.deactivate_totp, name="mfa_deactivate_totp", access=OWN_FORM),
    route(
        "conta/duas-etapas/reserva/",
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
        access=OWN_READ,
    ),
    route(
        "conta/duas-etapas/reserva/gerar/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
        access=OWN_FORM,
    ),
    route(
        "conta/duas-etapas/reserva/baixar/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
        access=OWN_READ,
    ),
    route("conta/sessoes/", sessions.list_usersessions, name="usersessions_list", access=OWN_FORM),
]
