"""A page that shows every component once, with made-up inputs. It exists while DEBUG is on."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .templatetags.components import STATES


class GalleryForm(forms.Form):
    """One field of each kind; sent empty, it shows how errors look."""

    name = forms.CharField(label=_("Nome do órgão"), help_text=_("Como consta na lei que o criou."))
    kind = forms.ChoiceField(label=_("Tipo"), choices=[("", "---"), ("m", _("Município")), ("s", _("Estado"))])
    text = forms.CharField(label=_("Motivos"), widget=forms.Textarea(attrs={"rows": 4}), max_length=20)
    answer = forms.ChoiceField(
        label=_("Há equipe própria?"),
        choices=[("yes", _("Sim")), ("partly", _("Em parte")), ("no", _("Ainda não"))],
        widget=forms.RadioSelect,
    )
    areas = forms.MultipleChoiceField(
        label=_("Áreas"),
        choices=[("h", _("Saúde")), ("e", _("Educação"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    document = forms.FileField(label=_("Documento de intenção"), required=False)
    agree = forms.BooleanField(label=_("Li e concordo com as regras da edição"))

    def clean(self):
        raise forms.ValidationError(_("Nenhum órgão foi escolhido ainda."))


def gallery(request):
    if not settings.DEBUG:
        raise Http404
    return render(request, "components/gallery.html", sample())


def sample():
    """What the gallery shows: also read by the tests, so that no component goes unseen."""
    now = timezone.now()
    return {
        "steps": steps(),
        "states": STATES,
        "dimensions": [(number, f"Dimensão {number}") for number in range(1, 11)],
        "instant": now + timedelta(days=9),
        "now": now,
        "page": Paginator(range(190), 10).page(4),
        "form": GalleryForm(data={"text": "Um texto maior do que o campo aceita"}),
    }


def steps():
    rows = [
        ("enrollment", _("Inscrição"), "approved", "12/04/2026", "Helena Prado"),
        ("diagnosis", _("Diagnóstico"), "returned", "30/06/2026", "Tiago Lima"),
        ("prioritization", _("Priorização"), "open", "", ""),
        ("certification", _("Certificação"), "not_open", "", ""),
        ("monitoring", _("Monitoramento"), "closed", "", ""),
    ]
    names = ("kind", "label", "state", "date", "who")
    return [{**dict(zip(names, row, strict=True)), "url": "#rail", "current": row[0] == "diagnosis"} for row in rows]
