"""The catalogue can be looked at here; it is changed by publishing a new version (manage.py publish_questionnaire)."""

from django.contrib import admin

from .models import Dimension, Indicator, IndicatorLineage, Option, ProfileField, Questionnaire


class ReadOnly:
    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class OptionInline(ReadOnly, admin.TabularInline):
    model = Option
    fields = ["code", "label", "exclusive"]


class LineageInline(ReadOnly, admin.TabularInline):
    model = IndicatorLineage
    fk_name = "indicator"
    fields = ["relation", "previous"]


class ProfileFieldInline(ReadOnly, admin.TabularInline):
    model = ProfileField
    fields = ["code", "type", "required", "label"]


class DimensionInline(ReadOnly, admin.TabularInline):
    model = Dimension
    fields = ["number", "name", "group"]


@admin.register(Questionnaire)
class QuestionnaireAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["title", "slug", "version", "published_at"]
    fields = ["title", "introduction", "slug", "version", "previous", "dropped", "digest", "published_at"]
    inlines = [DimensionInline, ProfileFieldInline]


@admin.register(Indicator)
class IndicatorAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["code", "question", "answer_type", "evidence", "applies_to", "questionnaire"]
    list_filter = ["questionnaire", "answer_type", "evidence", "applies_to"]
    list_select_related = ["questionnaire"]
    search_fields = ["code", "question_pt_br", "question_en", "question_es"]
    exclude = ["question", "help", "unit", "suggested_action"]
    inlines = [OptionInline, LineageInline]
