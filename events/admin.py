"""Repairs by administrators; everyday work has the coordinators' desk."""

from django.contrib import admin

from core.admin import ToLookAt

from .models import AttendanceCertificate, Event, EventSeries, Registration


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ["title", "type", "starts_on", "published_at", "cancelled_at"]
    list_filter = ["type", "mode"]
    search_fields = ["title_pt_br", "key"]
    raw_id_fields = ["edition", "series", "organisers", "cancelled_by"]


@admin.register(EventSeries)
class EventSeriesAdmin(admin.ModelAdmin):
    list_display = ["title", "key"]


@admin.register(Registration)
class RegistrationAdmin(ToLookAt):
    """Places are given under the event's lock, by the domain alone: here they are looked at."""

    list_display = ["event", "number", "name", "state", "asked_at"]
    list_filter = ["state"]
    list_select_related = ["event"]
    search_fields = ["name", "email", "code"]
    ordering = ["-asked_at"]


@admin.register(AttendanceCertificate)
class AttendanceCertificateAdmin(ToLookAt):
    list_display = ["code", "name", "hours", "issued_at", "withdrawn_at"]
    search_fields = ["code", "name"]
    ordering = ["-issued_at"]
