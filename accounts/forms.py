"""Forms of sign-in and of one's own account: allauth's own, with our words and no placeholders standing in for labels."""

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

PASSWORD_HELP = _("Pelo menos 12 caracteres. Três ou quatro palavras sem relação entre si formam uma boa senha.")


class OurWords:
    """Labels and helps by field name, placeholders taken away."""

    labels = {
        "login": _("E-mail"),
        "email": _("E-mail"),
        "password": _("Senha"),
        "oldpassword": _("Senha atual"),
        "password1": _("Senha"),
        "password2": _("Repita a senha"),
        "remember": _("Manter este computador conectado"),
        "code": _("Código"),
    }
    helps = {"password1": PASSWORD_HELP, "password": "", "oldpassword": "", "password2": ""}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, field.help_text)


class LoginForm(OurWords, account.LoginForm):
    pass


class SignupForm(OurWords, account.SignupForm):
    name = forms.CharField(
        label=_("Nome completo"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ["name", "email", "password1"]
    helps = {
        **OurWords.helps,
        "email": _("Use o e-mail institucional, se tiver um. Enviaremos uma mensagem para confirmar o endereço."),
    }

    def save(self, request):
        """An invitation spares the confirmation of the invited address only, not of any other typed here."""
        if not get_adapter().is_email_verified(request, self.cleaned_data["email"]):
            get_adapter().unstash_verified_email(request)
        return super().save(request)


class AddEmailForm(OurWords, account.AddEmailForm):
    labels = {"email": _("Novo e-mail")}


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    labels = {**OurWords.labels, "password1": _("Nova senha"), "password2": _("Repita a nova senha")}


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):
    labels = ChangePasswordForm.labels


class ReauthenticateForm(OurWords, account.ReauthenticateForm):
    pass


class CodeInput(OurWords):
    """A code typed by hand: digits on a phone's keyboard, filled in by the browser where it can."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"inputmode": "numeric", "autocomplete": "one-time-code"})


class AuthenticateForm(CodeInput, second_factor.AuthenticateForm):
    helps = {"code": _("Os 6 números que o aplicativo mostra agora, ou um dos seus códigos de reserva.")}


class SecondFactorReauthenticateForm(CodeInput, second_factor.ReauthenticateForm):
    helps = AuthenticateForm.helps


class ActivateTOTPForm(CodeInput, totp.ActivateTOTPForm):
    helps = {"code": _("Os 6 números que o aplicativo mostra agora.")}


class ProfileForm(forms.ModelForm):
    class Meta:
        model = get_user_model()
        fields = ["name", "language"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
        help_texts = {"language": _("O idioma das telas depois de entrar e das mensagens que você recebe.")}
