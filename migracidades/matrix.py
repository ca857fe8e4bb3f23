"""The matrix of permissions: every address with who may use it, read from the registry of routes."""

from dataclasses import asdict, dataclass

from django.urls import URLResolver, get_resolver

from core.routes import access_of


@dataclass(frozen=True)
class Route:
    """One address as declared. `scope` is empty for those nobody declared: they are refused."""

    pattern: str
    name: str
    methods: tuple
    scope: str
    roles: tuple
    action: str
    states: tuple
    view: str
    parameters: tuple

    def as_dict(self):
        return asdict(self)


def routes():
    """Every address, in the order in which it is matched."""
    return [_route(*found) for found in _walk(get_resolver(), "", "")]


def _walk(resolver, prefix, namespace):
    for entry in resolver.url_patterns:
        pattern = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, pattern, inner)
        else:
            yield pattern, f"{namespace}{entry.name or ''}", entry


def _route(pattern, name, entry):
    access = access_of(entry.callback)
    view = getattr(entry.callback, "view_class", entry.callback)
    return Route(
        pattern=pattern,
        name=name,
        methods=access.methods if access else (),
        scope=access.scope if access else "",
        roles=access.roles if access else (),
        action=access.action if access else "",
        states=access.states if access else (),
        view=f"{view.__module__}.{view.__qualname__}",
        parameters=tuple(entry.pattern.regex.groupindex),
    )
