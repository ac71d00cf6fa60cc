"""Ids that exist: every second well-formed request asks for something that is really there, so that
the tests get past "no such product". The ids are in the file that VATRA_KNOWN names."""

import json
import os

import schemathesis
from schemathesis.generation import GenerationMode

with open(os.environ["VATRA_KNOWN"], encoding="utf-8") as file:
    KNOWN = json.load(file)

calls = 0


def places(operation, case):
    """Where an id goes: the holder, the field, the id."""
    path = operation.path
    if isinstance(case.path_parameters, dict):
        for name in case.path_parameters:
            key = name
            if name == "id":
                key = "category" if "/categories/" in path else "product" if "/products/" in path else "order"
            yield case.path_parameters, name, KNOWN.get(key)
    if isinstance(case.body, dict):
        for name in ("product_id", "category_id", "session_id", "order_id", "phone_number"):
            if name in case.body:
                yield case.body, name, KNOWN.get(name)


@schemathesis.hook
def before_call(context, case, kwargs):
    global calls
    meta = case.meta
    if meta is None or meta.generation.mode is not GenerationMode.POSITIVE:
        return
    calls += 1
    # A deletion takes the thing away from all requests that follow.
    if calls % 2 or case.method == "DELETE":
        return
    for holder, name, value in list(places(case.operation, case)):
        if value is not None:
            holder[name] = value
