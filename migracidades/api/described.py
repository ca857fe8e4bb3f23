"""The API's own description, made whole: what the package cannot know of the answers that stand around its views."""

from ninja import NinjaAPI

PROBLEM = "application/problem+json"
NOT_CHANGED = {"description": "Not Modified: what the ETag sent in If-None-Match stands for is still true"}
ETAG = {"description": "Stands for this very content; send it back in If-None-Match", "schema": {"type": "string"}}
ASK_LATER = {"description": "Seconds to wait before trying again", "schema": {"type": "string"}}


class DescribedAPI(NinjaAPI):
    def get_openapi_schema(self, *args, **kwargs):
        schema = super().get_openapi_schema(*args, **kwargs)
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                _complete(operation, public="public" in operation.get("tags", []) and method == "get")
        return schema


def _complete(operation, *, public):
    responses = operation["responses"]
    for status, response in responses.items():
        if int(status) >= 400:
            response["content"] = {PROBLEM: response["content"].popitem()[1]}
    if 503 in responses:
        responses[503]["headers"] = {"Retry-After": ASK_LATER}
    if public:
        responses[200]["headers"] = {"ETag": ETAG}
        responses[304] = NOT_CHANGED
