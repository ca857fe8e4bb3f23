"""Sheets and their uses to look at. They are changed by their own pages, where state and version are asked."""

from django.contrib import admin

from core.admin import ToLookAt

from .models import Adoption, Practice, PracticeMove, PracticeSheet


@admin.register(Practice)
class PracticeAdmin(ToLookAt):
    list_display = ["title", "owner", "state", "source", "published_at", "checked_on", "version"]
    list_filter = ["state", "source"]
    list_select_related = ["owner__government", "owner__organisation"]
    search_fields = ["search"]
    ordering = ["-updated_at"]


@admin.register(PracticeMove)
class PracticeMoveAdmin(ToLookAt):
    list_display = ["practice", "came_from", "went_to", "at", "by"]
    list_select_related = ["practice", "by"]
    ordering = ["-at"]


@admin.register(Adoption)
class AdoptionAdmin(ToLookAt):
    list_display = ["practice", "adopter", "state", "recorded_at", "withdrawn_at"]
    list_filter = ["state"]
    list_select_related = ["practice", "adopter__government", "adopter__organisation"]
    ordering = ["-recorded_at"]


@admin.register(PracticeSheet)
class PracticeSheetAdmin(ToLookAt):
    list_display = ["practice", "language", "made_at", "pages"]
    list_select_related = ["practice"]
    ordering = ["-made_at"]
