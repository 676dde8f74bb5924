"""Datasets whose examples are more than a row of numbers: images, texts, series."""

from engine.datasets.info import DatasetInfo

DIGITS = tuple("0123456789")

#: In the order in which they are offered.
SHAPED = (
    DatasetInfo(
        name="digits",
        summary="1,797 handwritten digits of 8 × 8 pixels.",
        task="classification",
        columns=(),
        target_name="digit",
        classes=DIGITS,
        standardize=False,
        source="E. Alpaydin, C. Kaynak (1998), the test part of Optical Recognition of Handwritten Digits",
        kind="images",
        shape="(N, 1, 8, 8)",
    ),
    DatasetInfo(
        name="mnist",
        summary="6,000 handwritten digits of 28 × 28 pixels, the first 5,000 and 1,000 of MNIST.",
        task="classification",
        columns=(),
        target_name="digit",
        classes=DIGITS,
        standardize=False,
        source="Y. LeCun, C. Cortes, C. Burges: MNIST; LeCun, Bottou, Bengio & Haffner (1998)",
        kind="images",
        shape="(N, 1, 28, 28)",
    ),
)
