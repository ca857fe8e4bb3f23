"""Enrolments to look at. They are changed by their own pages, where the cycle is asked."""

from django.contrib import admin

from core.admin import ToLookAt

from .models import CourseCompletion, Enrollment, EnrollmentNote, ReferencePerson


class PeopleInline(admin.TabularInline):
    model = ReferencePerson
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Enrollment)
class EnrollmentAdmin(ToLookAt):
    list_display = ["participation", "lead_department", "version", "updated_at", "updated_by"]
    list_filter = ["participation__edition"]
    list_select_related = ["participation__government", "participation__edition", "updated_by"]
    search_fields = ["participation__government__search"]
    ordering = ["-updated_at"]
    inlines = [PeopleInline]


@admin.register(EnrollmentNote)
class EnrollmentNoteAdmin(ToLookAt):
    list_display = ["enrollment", "at", "by"]
    list_select_related = ["enrollment__participation__government", "enrollment__participation__edition", "by"]


@admin.register(CourseCompletion)
class CourseCompletionAdmin(ToLookAt):
    list_display = ["name", "participation", "completed_on", "hours", "checked_at", "checked_by"]
    list_filter = ["participation__edition"]
    list_select_related = ["participation__government", "participation__edition", "checked_by"]
    ordering = ["-recorded_at"]
