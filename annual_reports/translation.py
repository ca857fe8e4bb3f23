from modeltranslation.translator import TranslationOptions, register

from .models import SECTIONS, AnnualReport


@register(AnnualReport)
class AnnualReportTranslation(TranslationOptions):
    fields = SECTIONS
