"""Forms of the agenda's visitors."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from governments.models import Government


class PlainForm(forms.Form):
    """A form drawn by crispy inside the page's own form element."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class RegistrationForm(PlainForm):
    """Name and address; who works for governments says for which. Signed in, the address is the account's."""

    name = forms.CharField(
        label=_("Nome completo"),
        max_length=150,
        help_text=_("Como deve aparecer no certificado, se houver."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Escreva o seu nome.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Enviamos uma mensagem para confirmar; a inscrição só vale depois disso."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Escreva o seu e-mail."),
            "invalid": _("Este e-mail não parece completo. Confira, por exemplo: nome@cidade.gov.br."),
        },
    )
    government = forms.ModelChoiceField(
        label=_("Por qual governo você participa"),
        queryset=Government.objects.none(),
        required=False,
        empty_label=_("Por nenhum: participo por conta própria"),
        error_messages={
            "required": _("Escolha por qual governo você participa."),
            "invalid_choice": _("Escolha um governo da sua equipe que este encontro recebe."),
        },
    )
    affiliation = forms.CharField(
        label=_("Instituição ou coletivo"),
        max_length=200,
        required=False,
        help_text=_("Se quiser dizer de onde vem."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    agree = forms.BooleanField(
        label=_("Li para que servem estes dados e concordo."),
        error_messages={"required": _("Marque que leu e concorda: sem isso não podemos guardar os seus dados.")},
    )

    def __init__(self, *args, governments=(), has_account=False, needs_government=False, **kwargs):
        super().__init__(*args, **kwargs)
        if has_account:
            del self.fields["email"]
        if not governments:
            del self.fields["government"]
            return
        own: Any = self.fields["government"]
        own.queryset = Government.objects.filter(pk__in=[government.pk for government in governments])
        if needs_government:
            own.required, own.empty_label = True, None
        if len(governments) == 1:
            own.initial = governments[0]
