"""Named arrays as files that other programs read: safetensors and npz. Numpy is not needed to write or read one.

The arrays are ``{dtype, shape, data}``, as they travel (see ``app.protocol.arrays``).
"""

import io
import json
import math
import struct
import zipfile
from collections.abc import Mapping
from typing import Any

from app.protocol import strict_json

#: safetensors' and numpy's words for our dtypes.
SAFETENSORS = {"float32": "F32", "float64": "F64"}
NPY = {"float32": "<f4", "float64": "<f8"}
NPY_ALIGN = 64

Arrays = Mapping[str, Mapping[str, Any]]


def safetensors(arrays: Arrays, metadata: Mapping[str, str]) -> bytes:
    """Eight bytes of length, a JSON header, then the numbers, one array after the other."""
    header: dict[str, Any] = {"__metadata__": dict(metadata)}
    end = 0
    for name, array in arrays.items():
        start, end = end, end + len(array["data"])
        header[name] = {
            "dtype": SAFETENSORS[array["dtype"]],
            "shape": array["shape"],
            "data_offsets": [start, end],
        }
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(array["data"] for array in arrays.values())


def npz(arrays: Arrays) -> bytes:
    """A zip of ``.npy`` files, one for each array, with the same date always: equal arrays give equal bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, array in arrays.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), npy(array))
    return file.getvalue()


def npy(array: Mapping[str, Any]) -> bytes:
    """Numpy's own format, version 1.0: magic, length, a Python literal padded to 64 bytes, then the numbers."""
    shape = tuple(array["shape"])
    text = f"{{'descr': '{NPY[array['dtype']]}', 'fortran_order': False, 'shape': {shape}, }}"
    magic = b"\x93NUMPY\x01\x00"
    padding = -(len(magic) + 2 + len(text) + 1) % NPY_ALIGN
    header = f"{text}{' ' * padding}\n".encode()
    return b"".join([magic, struct.pack("<H", len(header)), header, array["data"]])


# ---------------------------------------------------------------------------------------------------------- reading

#: A header that is longer is none of ours: a thousand parameters take 100 kB, a spec with its data a few MB.
MOST_HEADER_BYTES = 8 * 2**20
DTYPES = {word: dtype for dtype, word in SAFETENSORS.items()}
SIZES = {"float32": 4, "float64": 8}
#: Bytes that say how long the header is.
LENGTH_BYTES = 8
MOST_AXES = 8


def read_safetensors(content: bytes) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """The arrays of a file, as they travel, and its metadata. Nothing is trusted, nothing is run.

    Raises:
        ValueError: it is no such file; the text names the array, what was expected and what came.
    """
    header, numbers = _header(content)
    metadata = header.pop("__metadata__", {})
    if not isinstance(metadata, dict):
        raise ValueError("its metadata is no map")
    return {name: _read_array(name, entry, numbers) for name, entry in header.items()}, metadata


def _header(content: bytes) -> tuple[dict[str, Any], memoryview]:
    if len(content) < LENGTH_BYTES:
        raise ValueError(f"a safetensors file begins with 8 bytes of length, but it has {len(content)} bytes in all")
    (length,) = struct.unpack_from("<Q", content)
    if length > min(MOST_HEADER_BYTES, len(content) - LENGTH_BYTES):
        raise ValueError(f"its header is said to have {length:,} bytes, but {len(content) - LENGTH_BYTES:,} follow")
    header = strict_json.read(content[LENGTH_BYTES : LENGTH_BYTES + length].decode())
    if not isinstance(header, dict):
        raise ValueError("its header is no map of names to arrays")
    return header, memoryview(content)[LENGTH_BYTES + length :]


def _read_array(name: str, entry: Any, numbers: memoryview) -> dict[str, Any]:
    where = f'array "{name[:80]}"'
    if not isinstance(entry, dict) or entry.keys() != {"dtype", "shape", "data_offsets"}:
        raise ValueError(f"{where}: dtype, shape and data_offsets are expected")
    if entry["dtype"] not in DTYPES:
        raise ValueError(f"{where}: dtype {' or '.join(DTYPES)} is expected, but it has {entry['dtype']!r:.20}")
    shape, offsets = _whole(where, "shape", entry["shape"]), _whole(where, "data_offsets", entry["data_offsets"])
    dtype = DTYPES[entry["dtype"]]
    expected = math.prod(shape) * SIZES[dtype]
    start, end = offsets if len(offsets) == len(("start", "end")) else (0, -1)
    if end - start != expected or end > len(numbers):
        lies = f"but lies at {offsets} of {len(numbers):,} bytes"
        raise ValueError(f"{where} of shape {tuple(shape)} takes {expected:,} bytes, {lies}")
    return {"dtype": dtype, "shape": shape, "data": bytes(numbers[start:end])}


def _whole(where: str, what: str, values: Any) -> list[int]:
    listed: list[Any] = values if isinstance(values, list) else [None]
    if len(listed) > MOST_AXES or not all(type(value) is int and value >= 0 for value in listed):
        raise ValueError(f"{where}: {what} is to be a list of at most {MOST_AXES} whole numbers")
    return listed
