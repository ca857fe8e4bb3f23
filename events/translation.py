from modeltranslation.translator import TranslationOptions, register

from .models import Event, EventSession, Material, Speaker


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ["title", "description", "audience_label", "recording_reason"]
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
