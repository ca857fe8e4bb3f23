"""How django-allauth behaves here: links from the public address, people greeted in their language, secrets kept encrypted."""

import base64
import hashlib
import logging
import time
from io import BytesIO
from smtplib import SMTPException

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


def public_url(route, *args, **kwargs):
    """Absolute links come from the settings only, never from what a request claims as its host."""
    return f"{settings.PUBLIC_BASE_URL}{resolve_url(route, *args, **kwargs)}"


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request):
        # Behind a unix socket without a trusted proxy nobody's address is known: all share one limit.
        return request.client_address or "0.0.0.0"  # noqa: S104

    def get_login_redirect_url(self, request):
        """The desk for those who review, the workspace for governments, each in the person's language."""
        with translation.override(request.user.language):
            return resolve_url("desk" if request.user.is_reviewer else settings.LOGIN_REDIRECT_URL)

    def get_email_confirmation_url(self, request, emailconfirmation):
        return public_url("account_confirm_email", emailconfirmation.key)

    def get_reset_password_from_key_url(self, key):
        uid, _dash, token = key.partition("-")
        return public_url("account_reset_password_from_key", uidb36=uid, key=token)

    def get_email_verification_redirect_url(self, email_address):
        return resolve_url("account" if self.request.user.is_authenticated else settings.LOGIN_URL)

    def get_password_change_redirect_url(self, request):
        return resolve_url("account")

    def save_user(self, request, user, form, commit=True):
        user.name = form.cleaned_data["name"]
        user.language = translation.get_language()
        return super().save_user(request, user, form, commit)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Setting up the second factor right after signing in does not ask for the password once more."""
        if app == "allauth.mfa" and signed_in_just_now(allauth_context.request):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def send_account_already_exists_mail(self, email):
        # A new account costs one password hash: spend it here too, so that the time tells nothing.
        make_password(email)
        links = {"signup_url": public_url("account_signup"), "password_reset_url": public_url("account_reset_password")}
        self.send_mail("account/email/account_already_exists", email, links)

    def send_mail(self, template_prefix, email, context):
        """A mail server that does not answer is said in a sentence, not by a broken page."""
        if "signup_url" in context:
            context["signup_url"] = public_url("account_signup")
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("mail not sent: %s", template_prefix)
            messages.error(self.request, _("Não conseguimos enviar o e-mail agora. Tente de novo em alguns minutos."))


def signed_in_just_now(request):
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps encrypted with a key drawn from SECRET_KEY."""

    def encrypt(self, text):
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url):
        """The code to scan, drawn with a quiet zone on white."""
        drawing = BytesIO()
        segno.make(url, error="m").save(drawing, kind="svg", scale=5, border=4, light="#fff", xmldecl=False)
        return drawing.getvalue().decode()


def _cipher():
    key = hashlib.sha256(b"accounts.second_factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
