from modeltranslation.translator import TranslationOptions, register

from .models import Event, EventSeries, EventSession, Material, Speaker


@register(Event)
class EventTranslation(TranslationOptions):
    fields = [
        "title",
        "description",
        "audience_label",
        "access_note",
        "recording_reason",
        "result_note",
        "cancel_reason",
    ]
    required_languages = ("pt-br",)


@register(EventSeries)
class EventSeriesTranslation(TranslationOptions):
    fields = ["title"]
    required_languages = ("pt-br",)


@register(EventSession)
class EventSessionTranslation(TranslationOptions):
    fields = ["title"]


@register(Speaker)
class SpeakerTranslation(TranslationOptions):
    fields = ["role"]


@register(Material)
class MaterialTranslation(TranslationOptions):
    fields = ["title"]
