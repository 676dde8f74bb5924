"""A session as a file that other programs run: each format is one entry of ``FORMATS``."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.export.moment import Moment
from engine.export.numpy_script import numpy_script
from engine.export.onnx_model import onnx_model
from engine.export.torch_script import torch_script

__all__ = ["FORMATS", "Format", "Moment"]


@dataclass(frozen=True)
class Format:
    """One way to write a session down.

    Args:
        name: the last part of its address.
        suffix: of the file.
        media_type: of the file.
        summary: one line for people.
        write: moment -> the file's bytes.
    """

    name: str
    suffix: str
    media_type: str
    summary: str
    write: Callable[[Moment], bytes]


PYTHON = "text/x-python; charset=utf-8"

FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("numpy", "py", PYTHON, "A script that needs numpy alone: one whole step.", numpy_script),
        Format("pytorch", "py", PYTHON, "A script for PyTorch: the network as a module, and one step.", torch_script),
        Format("onnx", "onnx", "application/octet-stream", "The network that answers, for any runtime.", onnx_model),
    )
}
