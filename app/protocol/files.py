"""Named arrays as files that other programs read: safetensors and npz. Numpy is not needed to write one.

The arrays are ``{dtype, shape, data}``, as they travel (see ``app.protocol.arrays``).
"""

import io
import json
import struct
import zipfile
from collections.abc import Mapping
from typing import Any

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
