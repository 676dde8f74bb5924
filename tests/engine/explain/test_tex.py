"""Numbers and names as people read them."""

import pytest

from engine.explain import tex


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.0, "0"),
        (0.18234, "0.1823"),
        (-0.0173382, "-0.01734"),
        (1.5, "1.5000"),
        (12.34567, "12.346"),
        (123456.7, "123457"),
        (1.25e-7, r"1.250 \cdot 10^{-7}"),
        (-3e12, r"-3.000 \cdot 10^{12}"),
        (float("nan"), "NaN"),
        (float("-inf"), "-∞"),
    ],
)
def test_numbers_have_four_digits_that_matter(value: float, expected: str) -> None:
    """Fixed-point where that is readable, powers of ten beyond."""
    assert expected == tex.number(value)


def test_sentences_use_a_true_minus_sign() -> None:
    """U+2212, not a hyphen."""
    assert "\N{MINUS SIGN}0.5000" == tex.words(-0.5)


def test_signed_numbers_always_show_their_sign() -> None:
    """+ for what is not negative."""
    assert ("+0.5000", "\N{MINUS SIGN}0.5000") == (tex.signed(0.5), tex.signed(-0.5))


def test_units_are_counted_from_one_in_formulas() -> None:
    """Row 0, column 2 of W is written 1,3; a batched node leaves its example out."""
    assert r"W^{\text{hidden1}}_{1,3}" == tex.symbol("hidden1.W", "value", (0, 2), batched=False)
    assert r"\frac{\partial L}{\partial a^{\text{out\_1}}_{1}}" == tex.symbol(
        "out_1.a", "gradient", (7, 0), batched=True
    )


def test_symbols_of_a_recurrence_have_one_subscript_only() -> None:
    """A second one would be no TeX: what belongs to the letter stands in braces with it."""
    assert r"{W_{\text{hh}}}^{\text{lstm}}_{1,3}" == tex.symbol("lstm.W_hh", "value", (0, 2), batched=False)
    assert r"{f[3]}^{\text{lstm}}_{2}" == tex.symbol("lstm.f[3]", "value", (0, 1), batched=True)
    assert r"{z_{\text{f}}[3]}^{\text{lstm}}_{2}" == tex.symbol("lstm.z_f[3]", "value", (0, 1), batched=True)
    assert r"{\text{tanh\_c}[3]}^{\text{lstm}}_{2}" == tex.symbol("lstm.tanh_c[3]", "value", (0, 1), batched=True)
