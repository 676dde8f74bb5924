"""Exported arrays are read by the programs that they are for."""

import io

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from app.protocol.arrays import wire_array
from app.protocol.files import npy, npz, read_safetensors
from app.protocol.files import safetensors as as_safetensors

ARRAYS = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9_\-]{0,8}\.[Wb]", fullmatch=True),
    hnp.arrays(st.sampled_from([np.float32, np.float64]), hnp.array_shapes(min_dims=0, max_dims=3, min_side=0)),
    max_size=4,
)


@pytest.mark.thorough
@given(arrays=ARRAYS)
def test_safetensors_reads_what_was_written(arrays: dict[str, np.ndarray]) -> None:
    """The safetensors library finds every array again, bit for bit."""
    written = as_safetensors({name: wire_array(array) for name, array in arrays.items()}, {"spec": "{}"})

    read = safetensors.numpy.load(written)

    assert arrays.keys() == read.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(array, read[name], strict=True)


@given(arrays=ARRAYS)
def test_numpy_reads_what_was_written(arrays: dict[str, np.ndarray]) -> None:
    """Numpy finds every array again, bit for bit, without unpickling anything."""
    written = npz({name: wire_array(array) for name, array in arrays.items()})

    with np.load(io.BytesIO(written), allow_pickle=False) as read:
        assert arrays.keys() == set(read.files)
        for name, array in arrays.items():
            np.testing.assert_array_equal(array, read[name], strict=True)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0, 4)])
def test_numbers_begin_at_a_multiple_of_64(shape: tuple[int, ...]) -> None:
    """Of an .npy file the numbers begin where they can be mapped into memory."""
    array = wire_array(np.zeros(shape))

    assert 0 == (len(npy(array)) - len(array["data"])) % 64


@given(arrays=ARRAYS)
def test_what_the_safetensors_library_writes_is_read(arrays: dict[str, np.ndarray]) -> None:
    """Every array as it travels, bit for bit, and the metadata."""
    read, metadata = read_safetensors(safetensors.numpy.save(arrays, {"spec": "{}"}))

    assert {name: wire_array(array) for name, array in arrays.items()} == read
    assert {"spec": "{}"} == metadata


@given(content=st.binary(max_size=200), cut=st.integers(0, 120), byte=st.integers(0, 255))
def test_a_damaged_file_is_refused_in_words(content: bytes, cut: int, byte: int) -> None:
    """Whatever comes: arrays, or a ValueError that says why not."""
    whole = as_safetensors({"a.W": wire_array(np.ones((2, 3)))}, {"spec": "{}"})
    for damaged in (content, whole[:cut], whole[:cut] + bytes([byte]) + whole[cut + 1 :]):
        try:
            read_safetensors(damaged)
        except ValueError as error:
            assert str(error)  # noqa: PT017  # most damage is refused, some gives other numbers
