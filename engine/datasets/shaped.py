"""Datasets whose examples are more than a row of numbers: images, texts, series."""

from typing import get_args

from engine.datasets.info import DatasetInfo
from engine.spec.datasets import Language

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
        note="`size` images are the first of both parts, five for training to one for testing. They keep the split "
        'with which they were published, whatever `test_fraction` says, unless `split` is `"shuffled"`.',
    ),
    DatasetInfo(
        name="surnames",
        summary="5,322 surnames as characters; the class is the language in which a surname is common.",
        task="classification",
        columns=(),
        target_name="language",
        classes=get_args(Language),
        standardize=False,
        source="the providers of Faker, at most 400 surnames a language",
        kind="texts",
        shape="(N, 14)",
        note="Lower case, without accents, padded with `·`. `languages` chooses among them. No surname is in both "
        "parts. What a network must beat: naive Bayes on pairs of characters (add-one smoothing; "
        "`engine.datasets.bigrams`) tells 61 of 100 in the test part rightly (0.614 for seed 0), always naming the "
        "most frequent language 8 of 100. A name does not say who a person is.",
    ),
    DatasetInfo(
        name="tunes",
        summary="300 dance tunes in ABC notation; the target is the next character at each step.",
        task="sequence",
        columns=(),
        target_name="next character",
        standardize=False,
        source="Ryan's Mammoth Collection (Boston: Elias Howe, 1883), transcribed by John Chambers and others",
        kind="texts",
        shape="(N, length)",
        note="A tune is read as ⏎, its characters, ⏎, in windows of `length` characters: from its beginning, then "
        "every `stride` characters (`length`, unless said otherwise); the last is padded. So a network learns to "
        "begin a tune, from ⏎, and to end it. A tune is in one part with all of its windows, and with every tune that "
        "has 32 characters in a row in common with it: six are in the book twice, ten have a variant.",
    ),
    DatasetInfo(
        name="number_words",
        summary="Number words, English to French: ninety-seven is quatre-vingt-dix-sept.",
        task="sequence",
        columns=(),
        target_name="French",
        standardize=False,
        source='made by rule: English without "and", French in the traditional spelling',
        kind="texts",
        shape="(N, T)",
        note="0 to 9,999, or the first `limit` numbers. Inputs are padded with `·`; the answer ends with ⏎, which also "
        'pads it. French: hyphens below 100 only and none around "et" (soixante et onze); quatre-vingts, but '
        "quatre-vingt-un; deux cents, but deux cent un; deux mille.",
    ),
    DatasetInfo(
        name="adding",
        summary="Add the two values that are marked, far apart in a long series.",
        task="regression",
        columns=(),
        target_name="sum",
        standardize=False,
        formula=r"y = \textstyle\sum_t x_{t,1}\, x_{t,2}, \quad x_{t,2} = 1 \text{ once in each half, else } 0",
        source="drawn from the seed; S. Hochreiter & J. Schmidhuber (1997)",
        kind="series",
        shape="(N, length, 2)",
        note="Values are even in [0, 1]. Always answering 1 has a mean squared error of 1/6 = 0.167: a network that "
        "stays there remembers nothing.",
    ),
    DatasetInfo(
        name="recall",
        summary="The first symbol tells the class, then many come that say nothing: remember it.",
        task="classification",
        columns=(),
        target_name="first symbol",
        classes=("A", "B"),
        standardize=False,
        source="drawn from the seed, like the long time lags of S. Hochreiter & J. Schmidhuber (1997)",
        kind="texts",
        shape="(N, 1 + length)",
        note="`classes` symbols A, B, … that tell, eight, a to h, that do not. A network that forgets the first symbol "
        "can only guess.",
    ),
    DatasetInfo(
        name="pictures",
        summary="Three pictures: one to begin with, one for its content, one for its style.",
        task="regression",
        columns=(),
        target_name="distance",
        standardize=False,
        source="see the pictures of the catalog",
        kind="images",
        shape="(3, 3, size, size)",
        note="Nothing to generalise: the batch is all three, and a layer `pixels` puts a picture that is learned in "
        "place of the first (which is the content once more). The target is 0: the network's output is how far the "
        "learned picture is from the content of the second and the style of the third. Use `batch_size` 3.",
    ),
)
