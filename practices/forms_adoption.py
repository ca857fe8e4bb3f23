"""«Queremos usar» as a form: who, what for, how far it went."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import area

from .adoptions import is_personal
from .models import AdoptionState


class AdoptionForm(forms.Form):
    """«Queremos usar»."""

    body = forms.TypedChoiceField(label=_("Em nome de"), coerce=int)
    state = forms.ChoiceField(
        label=_("Em que ponto está"),
        choices=[choice for choice in AdoptionState.choices if choice[0] != AdoptionState.GAVE_UP],
        initial=AdoptionState.INTERESTED,
    )
    purpose = forms.CharField(
        label=_("Para quê"),
        max_length=1000,
        widget=area(4),
        help_text=_("O que querem resolver com ela. Aparece na página da prática."),
        error_messages={"required": _("Escreva para que querem usar a prática.")},
    )
    department = forms.CharField(
        label=_("Secretaria ou órgão"),
        max_length=160,
        error_messages={"required": _("Informe que secretaria ou órgão cuida disso.")},
    )
    contact_email = forms.EmailField(
        label=_("E-mail institucional"),
        help_text=_("O do órgão, não o de uma pessoa. Só quem fez a prática e a coordenação o veem."),
        error_messages={"required": _("Informe o e-mail do órgão.")},
    )

    def __init__(self, *args, bodies=(), **kwargs):
        super().__init__(*args, **kwargs)
        if "body" in self.fields:
            self.fields["body"].choices = [(str(body.pk), str(body)) for body in bodies]

    def clean_contact_email(self):
        address = self.cleaned_data["contact_email"]
        if is_personal(address):
            raise ValidationError(_("Use o e-mail do órgão: este é de um serviço pessoal."), code="personal")
        return address


class AdoptionChangeForm(AdoptionForm):
    """How far it went, afterwards."""

    body = None
    version = forms.IntegerField(widget=forms.HiddenInput, localize=False)
    state = forms.ChoiceField(label=_("Em que ponto está"), choices=AdoptionState.choices)
    reason = forms.CharField(
        label=_("Se desistiram, por quê"),
        max_length=1000,
        required=False,
        widget=area(3),
        help_text=_("Também ensina: diz a outros governos o que faltou."),
    )

    def clean(self):
        facts = super().clean()
        if facts.get("state") == AdoptionState.GAVE_UP and not facts.get("reason", "").strip():
            self.add_error("reason", _("Conte em uma frase por que desistiram."))
        return facts
