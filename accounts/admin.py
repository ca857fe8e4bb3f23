from django.contrib import admin

from accounts.models import ProgrammeRole, User
from core import audit


class ProgrammeRoleInline(admin.TabularInline):
    model = ProgrammeRole
    fk_name = "user"
    fields = ["role", "since", "until", "given_by"]
    readonly_fields = ["given_by"]
    extra = 0
    can_delete = False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Closing an account, mending a name, roles. People sign up and change address and password themselves, by mail."""

    list_display = ["name", "email", "language", "is_active", "last_login"]
    list_filter = ["is_active", "programme_role_rows__role"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "language", "is_active", "last_login", "created_at"]
    readonly_fields = ["email", "last_login", "created_at"]
    inlines = [ProgrammeRoleInline]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """A person's traces outlive the account: it is closed or anonymised, not deleted."""
        return False

    def save_formset(self, request, form, formset, change):
        for row in formset.save(commit=False):
            save_role(row, by=request.user)
        formset.save_m2m()


@admin.register(ProgrammeRole)
class ProgrammeRoleAdmin(admin.ModelAdmin):
    list_display = ["user", "role", "since", "until", "given_by"]
    list_filter = ["role"]
    search_fields = ["user__name", "user__email"]
    autocomplete_fields = ["user"]
    fields = ["user", "role", "since", "until", "given_by"]
    readonly_fields = ["given_by"]
    list_select_related = ["user", "given_by"]

    def save_model(self, request, obj, form, change):
        save_role(obj, by=request.user)

    def has_delete_permission(self, request, obj=None):
        """Roles end by their date and stay as history."""
        return False


def save_role(row, *, by):
    row.given_by = row.given_by or by
    row.save()
    audit.record("programme_role_saved", by=by, subject=row.user, role=row.role, ended=row.until is not None)
