"""What each dataset is: its columns, its classes, its story in one line."""

from engine.datasets.info import DatasetInfo
from engine.datasets.shaped import SHAPED
from engine.words import say


def _points(name: str, summary: str, formula: str, classes: tuple[str, ...]) -> DatasetInfo:
    return DatasetInfo(
        name=name,
        summary=summary,
        task="classification" if classes else "regression",
        columns=("x1", "x2"),
        target_name=say("class") if classes else say("height"),
        classes=tuple(map(say, classes)),
        standardize=False,
        formula=formula,
        source="drawn from the seed",
    )


_CELL = (
    "radius",
    "texture",
    "perimeter",
    "area",
    "smoothness",
    "compactness",
    "concavity",
    "concave_points",
    "symmetry",
    "fractal_dimension",
)
_WINE = (
    "alcohol",
    "malic_acid",
    "ash",
    "alcalinity_of_ash",
    "magnesium",
    "total_phenols",
    "flavanoids",
    "nonflavanoid_phenols",
    "proanthocyanins",
    "color_intensity",
    "hue",
    "od280_od315",
    "proline",
)
_IRIS = ("sepal_length", "sepal_width", "petal_length", "petal_width")

#: name in the spec -> dataset. The caller's own data ("inline") is not in it.
DATASETS: dict[str, DatasetInfo] = {
    info.name: info
    for info in (
        DatasetInfo(
            name="fruit",
            summary="38 measured apples and oranges; red apples are easy, pale ones hide among the oranges.",
            task="classification",
            columns=("mass", "width", "height", "color_score"),
            target_name="fruit",
            classes=("orange", "apple"),
            units={"mass": "g", "width": "cm", "height": "cm"},
            features=("width", "color_score"),
            source="measured by Iain Murray, University of Edinburgh",
        ),
        _points(
            "circle",
            "A disc inside a ring.",
            r"\text{inside} \iff x_1^2 + x_2^2 < 3^2",
            ("outside", "inside"),
        ),
        _points(
            "xor",
            "Four squares; the ones across from each other belong together.",
            r"\text{same sign} \iff x_1 x_2 > 0",
            ("different signs", "same sign"),
        ),
        _points(
            "gauss",
            "Two clouds that a line can part.",
            r"x \sim N((\pm 2, \pm 2), \tfrac12 I)",
            ("lower left", "upper right"),
        ),
        _points(
            "spiral",
            "Two arms wound around each other.",
            r"x = r\,(\sin\varphi, \cos\varphi),\; \varphi = 3.5\pi\, r / 5 + \pi k",
            ("first arm", "second arm"),
        ),
        _points(
            "moons",
            "Two half-moons that reach into each other.",
            r"x = 3(\cos\varphi - \tfrac12, \sin\varphi - \tfrac14), \text{ and the same turned by } 180°",
            ("upper moon", "lower moon"),
        ),
        _points("plane", "A number that grows along the diagonal.", r"t = (x_1 + x_2) / 12", ()),
        _points(
            "gauss_regression",
            "Three hills and three valleys.",
            r"t = \textstyle\sum_k (-1)^k\, e^{-\|x - c_k\|^2 / 2}",
            (),
        ),
        DatasetInfo(
            name="iris",
            summary="150 flowers of three species, four lengths each.",
            task="classification",
            columns=_IRIS,
            target_name="species",
            classes=("setosa", "versicolor", "virginica"),
            units=dict.fromkeys(_IRIS, "cm"),
            source="R. A. Fisher (1936)",
        ),
        DatasetInfo(
            name="wine",
            summary="178 wines of three growers, 13 chemical measures each.",
            task="classification",
            columns=_WINE,
            target_name="grower",
            classes=("class_0", "class_1", "class_2"),
            source="M. Forina et al. (1991)",
        ),
        DatasetInfo(
            name="breast_cancer",
            summary="569 tumours, 30 measures of their cells each: malignant or benign.",
            task="classification",
            columns=tuple(f"{cell}_{kind}" for kind in ("mean", "se", "worst") for cell in _CELL),
            target_name="diagnosis",
            classes=("malignant", "benign"),
            source="Street, Wolberg & Mangasarian (1993)",
        ),
        DatasetInfo(
            name="diabetes",
            summary="442 patients, ten measures each; how far the disease has gone a year later.",
            task="regression",
            columns=("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"),
            target_name="progression",
            units={"age": "years", "bmi": "kg/m²"},
            source="Efron, Hastie, Johnstone & Tibshirani (2004)",
        ),
        DatasetInfo(
            name="auto_mpg",
            summary="392 cars of 1970 to 1982: how far each goes on a gallon.",
            task="regression",
            columns=("cylinders", "displacement", "horsepower", "weight", "acceleration", "year", "origin"),
            target_name="mpg",
            units={"displacement": "cu in", "horsepower": "hp", "weight": "lb", "acceleration": "s", "mpg": "mi/gal"},
            source="E. Ramos & D. Donoho (1983); R. Quinlan (1993)",
        ),
        *SHAPED,
    )
}
