"""Addresses of the page frame itself."""

from core.routes import PUBLIC, Access, route
from core.views_frame import contrast
from core.views_gallery import gallery

urlpatterns = [
    route("contraste/", contrast, name="contrast", access=Access(PUBLIC, methods=("POST",))),
    # Answers 404 unless DEBUG is on.
    route("componentes/", gallery, name="gallery", access=Access(PUBLIC)),
]
