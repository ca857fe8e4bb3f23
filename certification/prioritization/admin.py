"""Plans and actions to look at. They are changed by their own pages, where the cycle is asked."""

from django.contrib import admin

from core.admin import ToLookAt

from .models import Plan, PriorityAction


@admin.register(Plan)
class PlanAdmin(ToLookAt):
    list_display = ["participation", "opened_at"]
    list_filter = ["participation__edition"]
    list_select_related = ["participation__government", "participation__edition"]
    search_fields = ["participation__government__search"]
    ordering = ["-opened_at"]


@admin.register(PriorityAction)
class PriorityActionAdmin(ToLookAt):
    list_display = ["title", "government", "dimension", "starts_on", "ends_on", "version", "updated_at", "updated_by"]
    list_filter = ["dimension"]
    list_select_related = ["government", "updated_by"]
    search_fields = ["title", "government__search"]
    ordering = ["-updated_at"]
