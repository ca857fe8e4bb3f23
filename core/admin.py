"""What the floor did, to look at. Nothing here is changed by hand: jobs and letters are asked for again by those who need them."""

from django.contrib import admin

from core.models import AuditEvent, Job, OutboxMessage, StoredFile


class ToLookAt(admin.ModelAdmin):
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Job)
class JobAdmin(ToLookAt):
    list_display = ["kind", "state", "attempts", "done", "total", "requested_at", "finished_at", "fault"]
    list_filter = ["state", "kind"]
    ordering = ["-requested_at"]


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ToLookAt):
    list_display = ["kind", "recipient", "state", "attempts", "due", "sent_at", "reason"]
    list_filter = ["state", "kind"]
    ordering = ["-due"]


@admin.register(StoredFile)
class StoredFileAdmin(ToLookAt):
    # Never an address to the content: only the room a file belongs to knows who may have it.
    list_display = fields = ["original_name", "media_type", "size", "scan", "sha256", "uploaded_by", "uploaded_at"]
    list_filter = ["media_type", "scan"]
    list_select_related = ["uploaded_by"]
    ordering = ["-uploaded_at"]


@admin.register(AuditEvent)
class AuditEventAdmin(ToLookAt):
    list_display = ["at", "action", "by", "subject_model", "subject_id", "government_id", "request_id"]
    list_filter = ["action"]
    list_select_related = ["by"]
    ordering = ["-at"]
