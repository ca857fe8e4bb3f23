from modeltranslation.translator import TranslationOptions, register

from .models import Practice


@register(Practice)
class PracticeTranslation(TranslationOptions):
    fields = ["title", "summary"]
    required_languages = ("pt-br",)
