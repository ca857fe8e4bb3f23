import json

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from migracidades.matrix import routes

COLUMNS = ("methods", "scope", "roles", "action", "states")


class Command(BaseCommand):
    help = "Print every route: methods, scope, roles, the action asked of the cycle and the states in which it writes. Undeclared ones are refused."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--scope", help="only the routes of this scope")

    def handle(self, *, scope, **options):
        found = [route for route in routes() if scope in (None, route.scope)]
        if options["json"]:
            self.stdout.write(json.dumps({"routes": [route.as_dict() for route in found]}, ensure_ascii=False))
            return
        for route in found:
            self.stdout.write(f"/{route.pattern}  [{route.name}]")
            for line in _facts(route):
                self.stdout.write(f"    {line}")
        self.stdout.write(_("%(count)d rotas.") % {"count": len(found)})


def _facts(route):
    if not route.scope:
        return [_("não declarada: recusada a todos")]
    values = {name: getattr(route, name) for name in COLUMNS}
    told = {name: ", ".join(map(str, value)) if isinstance(value, tuple) else value for name, value in values.items()}
    return [f"{name}: {value}" for name, value in told.items() if value]
