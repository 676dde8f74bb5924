"""The one place where shards touch the engine's cursor: to open one, to restore one, to describe one."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from app.protocol.problems import ProblemError, invalid
from app.shards.checkpoints import decode
from app.shards.describe import describe
from engine.cursor import Cursor
from engine.limits import Limits
from engine.spec import SessionSpec

__all__ = ["describe", "open_cursor", "restore_cursor"]


def open_cursor(spec: Mapping[str, Any], parameters: Mapping[str, Any] | None, limits: Mapping[str, float]) -> Cursor:
    """A new cursor for a spec given as JSON data, with these first values of parameters.

    Raises:
        ProblemError: invalid-request. EngineError: it cannot be built.
    """
    try:
        checked = SessionSpec.model_validate(spec)
    except ValidationError as error:
        raise invalid(error.errors(include_url=False)) from error
    return Cursor(checked, limits=Limits.model_validate(limits), parameters=parameters)


def restore_cursor(head: Mapping[str, Any], tensors: bytes, limits: Mapping[str, float]) -> Cursor:
    """The cursor of a checkpoint.

    Raises:
        ProblemError: spec-error, if it is none.
    """
    try:
        cursor_head, arrays = decode(dict(head), tensors)
        return Cursor.restore(cursor_head, arrays, limits=Limits.model_validate(limits))
    except (KeyError, ValueError, TypeError) as error:
        raise ProblemError("spec-error", "the checkpoint cannot be read") from error
