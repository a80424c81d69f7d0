"""Describes the answers of the API from the very values it answers with."""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Iterable
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from papers.api.shapes import ApiProblem

PLAIN = {str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"}}
INSTANTS = {dt.datetime: "date-time", dt.date: "date"}


@dataclasses.dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a request can say; `place` is path or query."""

    name: str
    place: str
    says: str
    type: type = str


@dataclasses.dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API: what it answers with, what it takes, how it fails."""

    path: str
    summary: str
    answer: type
    parameters: tuple[Parameter, ...] = ()
    failures: tuple[int, ...] = ()


FAILURES = {
    401: "The token is unknown, expired or taken back.",
    404: "It is not there, or not yours.",
    422: "The search, the cursor or the limit can't be read.",
    429: "Too many requests; Retry-After says in how many seconds to try again.",
}


def to_plain(value: Any) -> Any:
    """Return a value of the API as JSON holds it; fields of a problem that say nothing are left out."""
    if dataclasses.is_dataclass(value):
        pairs = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        skips = isinstance(value, ApiProblem)
        return {name: to_plain(item) for name, item in pairs if not (skips and item is None)}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, dt.date) else value


def describe_api(operations: Iterable[Operation], *, title: str, version: str) -> dict[str, Any]:
    """Return the OpenAPI document of these operations."""
    shapes: dict[str, Any] = {}
    problem = {"application/problem+json": {"schema": _describe(ApiProblem, shapes)}}
    paths: dict[str, Any] = {}
    for operation in operations:
        answer: dict[str, Any] = {"description": "OK", "content": {"application/json": {"schema": _describe(operation.answer, shapes)}}}
        failures = ((str(code), {"description": FAILURES[code], "content": problem}) for code in (401, *operation.failures, 429))
        paths[operation.path] = {
            "get": {
                "summary": operation.summary,
                "parameters": [_describe_parameter(parameter) for parameter in operation.parameters],
                "responses": dict([("200", answer), *failures]),
                "security": [{}, {"token": []}],
            }
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {"schemas": dict(sorted(shapes.items())), "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _describe_parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.place == "path",
        "description": parameter.says,
        "schema": dict(PLAIN[parameter.type]),
    }


def _describe(kind: Any, shapes: dict[str, Any]) -> dict[str, Any]:
    if get_origin(kind) is Annotated:
        inner, says = get_args(kind)
        return {**_describe(inner, shapes), "description": says}
    if get_origin(kind) in {Union, types.UnionType}:
        return {"anyOf": [{"type": "null"} if part is type(None) else _describe(part, shapes) for part in get_args(kind)]}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _describe(get_args(kind)[0], shapes)}
    if get_origin(kind) is dict:
        return {"type": "object", "additionalProperties": True}
    if dataclasses.is_dataclass(kind):
        name = typing.cast("type", kind).__name__.removeprefix("Api")
        if name not in shapes:
            shapes[name] = {}
            shapes[name] = _describe_shape(typing.cast("type", kind), shapes)
        return {"$ref": f"#/components/schemas/{name}"}
    return {"type": "string", "format": INSTANTS[kind]} if kind in INSTANTS else dict(PLAIN[kind])


def _describe_shape(kind: type, shapes: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    required = [field.name for field in dataclasses.fields(kind) if field.default is dataclasses.MISSING]
    return {
        "type": "object",
        "description": kind.__doc__,
        "properties": {name: _describe(hint, shapes) for name, hint in hints.items()},
        "required": required,
        "additionalProperties": False,
    }
