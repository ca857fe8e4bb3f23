from modeltranslation.translator import TranslationOptions, register

from .models import Dimension, Indicator, Option, ProfileField, Questionnaire


@register(Questionnaire)
class QuestionnaireTranslation(TranslationOptions):
    fields = ["title", "introduction"]


@register(Dimension)
class DimensionTranslation(TranslationOptions):
    fields = ["name", "description"]


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    fields = ["question", "help", "unit", "suggested_action"]


@register(Option)
class OptionTranslation(TranslationOptions):
    fields = ["label"]


@register(ProfileField)
class ProfileFieldTranslation(TranslationOptions):
    fields = ["label", "help"]
