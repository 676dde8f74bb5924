"""Numbers and names as TeX and as words. Units and examples are counted from 1 for people, from 0 on the wire."""

import math

MINUS = "\N{MINUS SIGN}"
DIGITS = 4


def number(value: float, digits: int = DIGITS) -> str:
    r"""A number for TeX: ``-0.1823``, ``1.25 \cdot 10^{-7}``."""
    plain = _plain(value, digits)
    mantissa, e, exponent = plain.partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if e else plain


def factor(value: float, digits: int = DIGITS) -> str:
    """A number as a factor of a product: negative ones in parentheses."""
    text = number(value, digits)
    return rf"({text})" if text.startswith("-") else text


def words(value: float, digits: int = DIGITS) -> str:
    """A number for a sentence, with a true minus sign."""
    return _plain(value, digits).replace("-", MINUS)


def signed(value: float, digits: int = DIGITS) -> str:
    """A number for a sentence that always shows its sign."""
    text = words(value, digits)
    return text if text.startswith(MINUS) else f"+{text}"


def name(layer: str) -> str:
    r"""A layer's name in TeX: ``\text{hidden1}``."""
    return rf"\text{{{layer.replace('_', chr(92) + '_')}}}"


def letter(kind: str) -> str:
    r"""What a quantity is called in TeX: ``z``, ``{f[3]}``, ``{W_{\text{hh}}}``, ``{\text{tanh\_c}[3]}``."""
    stem, bracket, step = kind.partition("[")
    first, under, rest = stem.partition("_")
    if under and len(first) == 1:
        stem = rf"{first}_{{\text{{{rest}}}}}"
    elif len(stem) > 1:
        stem = name(stem)
    return stem if len(stem) == 1 and not bracket else f"{{{stem}{bracket}{step}}}"


def symbol(node: str, quantity: str, index: tuple[int, ...], *, batched: bool) -> str:
    r"""The symbol of one number: ``a^{\text{hidden1}}_{3}``, ``\frac{\partial L}{\partial W^{…}_{2,1}}``.

    The example's index of a batched node is left out: a derivation follows one example.
    """
    layer, _, kind = node.rpartition(".")
    shown = index[1:] if batched else index
    subscript = f"_{{{','.join(str(i + 1) for i in shown)}}}" if shown else ""
    base = "L" if node == "loss" else rf"{letter(kind)}^{{{name(layer)}}}{subscript}" if layer else f"{node}{subscript}"
    if quantity == "gradient":
        return rf"\frac{{\partial L}}{{\partial {base}}}"
    return rf"\Delta {base}" if quantity == "delta" else base


def _plain(value: float, digits: int) -> str:
    """Fixed-point where that is readable, ``1.25e-07`` beyond; digits count from the first that is not 0."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("∞" if value > 0 else "-∞")
    if value == 0:
        return "0"
    magnitude = math.floor(math.log10(abs(value)))
    if magnitude < -4 or magnitude > 6:
        return f"{value:.{digits - 1}e}"
    decimals = digits - magnitude - (1 if magnitude < 0 else 0)
    return f"{value:.{max(0, decimals)}f}"
