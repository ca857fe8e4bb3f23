"""For repairs and questions of support: everything can be read, nothing is written past the room's own functions."""

from django.contrib import admin

from .models import AnswerRevision, ContextRevision, Diagnosis, DimensionResult, ReviewRound


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Diagnosis)
class DiagnosisAdmin(ReadOnly):
    list_display = ["participation", "questionnaire", "opened_at"]
    list_select_related = ["participation__government", "participation__edition", "questionnaire"]
    list_filter = ["participation__edition"]
    search_fields = ["participation__government__search"]


@admin.register(AnswerRevision)
class AnswerRevisionAdmin(ReadOnly):
    list_display = ["answer", "kind", "version", "refused_because", "by", "at"]
    list_select_related = ["answer", "by"]
    list_filter = ["kind"]


@admin.register(ContextRevision)
class ContextRevisionAdmin(ReadOnly):
    list_display = ["entry", "kind", "version", "refused_because", "by", "at"]
    list_select_related = ["entry", "by"]


@admin.register(DimensionResult)
class DimensionResultAdmin(ReadOnly):
    list_display = ["participation", "dimension", "exists", "partly", "not_yet", "not_applicable"]
    list_select_related = ["participation__government", "participation__edition"]


@admin.register(ReviewRound)
class ReviewRoundAdmin(ReadOnly):
    list_display = ["diagnosis", "number", "opened_at", "released_at", "released_by"]
    list_select_related = ["diagnosis__participation__government", "diagnosis__participation__edition", "released_by"]
