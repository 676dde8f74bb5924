"""Fields as Protocol Buffers' own documentation writes them."""

import pytest

from engine.export.protobuf import data, real, text, varint, whole, wholes


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "00"),
        (1, "01"),
        (127, "7f"),
        (128, "8001"),
        (150, "9601"),
        (-1, "ffffffffffffffffff01"),
        (2**63 - 1, "ffffffffffffffff7f"),
    ],
)
def test_whole_numbers_are_written_seven_bits_at_a_time(value: int, expected: str) -> None:
    """150 is 96 01, as in the documentation; -1 fills 64 bits."""
    assert expected == varint(value).hex()


def test_fields_are_written_as_documented() -> None:
    """Field 1 = 150 is 08 96 01; field 2 = "testing" is 12 07 …; a message within a message is its bytes."""
    assert "089601" == whole(1, 150).hex()
    assert "120774657374696e67" == text(2, "testing").hex()
    assert "1a03089601" == data(3, whole(1, 150)).hex()
    assert "0801080208ac02" == wholes(1, (1, 2, 300)).hex()
    assert "150000803f" == real(2, 1.0).hex()
