"""Progress and its verification to look at: entries are only ever added, by their own pages."""

from django.contrib import admin

from core.admin import ToLookAt

from .models import ProgressEntry, Verification


@admin.register(ProgressEntry)
class ProgressEntryAdmin(ToLookAt):
    list_display = ["action", "dated_on", "status", "done", "total", "unit", "recorded_at", "recorded_by"]
    list_filter = ["status", "participation__edition"]
    list_select_related = ["action", "recorded_by"]
    search_fields = ["action__title", "action__government__search"]
    ordering = ["-recorded_at"]


@admin.register(Verification)
class VerificationAdmin(ToLookAt):
    list_display = ["entry", "verdict", "at", "by"]
    list_filter = ["verdict"]
    list_select_related = ["entry", "by"]
    ordering = ["-at"]
