"""A session as bytes: a JSON head and its arrays as safetensors. Reading one trusts nothing: it may be a file."""

from typing import Any

import numpy as np
import safetensors.numpy

from app.protocol.problems import ProblemError
from app.shards.data import json_data
from app.shards.session import Session
from engine.words import say

FORMAT = 1
MOST_HEADER_BYTES = 2**20
#: Bytes of states of the past: in what is saved every now and then, and in what is saved once to go on elsewhere.
LITTLE_PAST, WHOLE_PAST = 256 * 2**10, 8 * 2**20


def encode(session: Session, *, past: int = LITTLE_PAST, ahead: bool = True) -> dict[str, Any]:
    """``{head, tensors}`` of where the session stands, with so many bytes of its past (and of what lay ahead)."""
    head, arrays = session.trainer.save(past=past, ahead=ahead)
    contiguous = {name: np.asarray(array, order="C") for name, array in arrays.items()}  # a number stays one: ()
    play = session.play_command()
    return {
        "head": {
            "format": FORMAT,
            "cursor": json_data(head),
            "play": play.model_dump(mode="json", exclude_none=True) if play else None,
            "sentence": session.sentence,
        },
        "tensors": safetensors.numpy.save(contiguous),
    }


def decode(head: dict[str, Any], tensors: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray[Any, Any]]]:
    """The cursor's head and arrays.

    Raises:
        ProblemError: spec-error, if these are no bytes of ours.
    """
    if head.get("format") != FORMAT:
        raise ProblemError(
            "spec-error",
            say("a checkpoint of format {format} is needed, got {get}", format=FORMAT, get=repr(head.get("format"))),
        )
    if int.from_bytes(tensors[:8], "little") > MOST_HEADER_BYTES:
        raise ProblemError("spec-error", say("the checkpoint's header is too large"))
    try:
        return head["cursor"], safetensors.numpy.load(tensors)
    except Exception as error:
        raise ProblemError("spec-error", say("the checkpoint cannot be read")) from error
