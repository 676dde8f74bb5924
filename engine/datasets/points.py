"""Points in the plane, drawn from the seed: a definition each, in about [-6, 6] × [-6, 6].

The target belongs to the place where a point was drawn; ``noise`` then moves the point by N(0, noise²) along each axis.
Classes alternate (0, 1, 0, 1, …), so that both have half of the points, whatever the size.
"""

from collections.abc import Callable

import numpy as np

from engine.arrays import Array
from engine.datasets.dataset import Examples
from engine.datasets.registry import DATASETS
from engine.spec import PointsDataset

#: Keeps these numbers apart from all others that a session draws from its seed.
STREAM = 0x706F696E  # "poin"

#: Where the hills (+) and valleys (-) of gauss_regression are.
CENTRES = np.array([(-4.0, 2.5), (0.0, 2.5), (4.0, 2.5), (4.0, -2.5), (0.0, -2.5), (-4.0, -2.5)])
SIGNS = np.array([1.0, -1.0, 1.0, -1.0, 1.0, -1.0])


def read_points(spec: PointsDataset, seed: int) -> Examples:
    """Draw the points of a spec; the same seed draws the same points."""
    info = DATASETS[spec.name]
    rng = np.random.default_rng([seed, STREAM])
    if info.task == "classification":
        y = np.arange(spec.size, dtype=np.int64) % 2
        points = CLASSES[spec.name](y, rng)
    else:
        points = rng.uniform(-6.0, 6.0, (spec.size, 2))
        y = NUMBERS[spec.name](points)[:, None]
    points = points + spec.noise * rng.normal(size=points.shape)
    return Examples(
        name=spec.name,
        task=info.task,
        columns=info.columns,
        raw=points,
        y=y,
        classes=info.classes,
        target_name=info.target_name,
        units=info.units,
    )


def circle(k: Array, rng: np.random.Generator) -> Array:
    """k = 1: evenly in the disc of radius 2.5;  k = 0: evenly in the ring between 3.5 and 5."""
    inner, outer = np.where(k == 1, 0.0, 3.5), np.where(k == 1, 2.5, 5.0)
    radius = np.sqrt(rng.uniform(inner**2, outer**2))  # area grows with the radius squared
    return _polar(radius, rng.uniform(0.0, 2 * np.pi, k.shape))


def xor(k: Array, rng: np.random.Generator) -> Array:
    """Evenly in four squares, 0.3 off the axes;  k = 1 where x1·x2 > 0."""
    size = rng.uniform(0.3, 5.3, (k.size, 2))
    sign = rng.choice((-1.0, 1.0), k.size)
    points: Array = size * np.stack([sign, np.where(k == 1, sign, -sign)], axis=1)
    return points


def gauss(k: Array, rng: np.random.Generator) -> Array:
    """N((2, 2), ½·I) for k = 1, N((-2, -2), ½·I) for k = 0."""
    centre = np.where(k == 1, 2.0, -2.0)
    cloud: Array = centre[:, None] + np.sqrt(0.5) * rng.normal(size=(k.size, 2))
    return cloud


def spiral(k: Array, rng: np.random.Generator) -> Array:
    """Evenly along two arms of 1¾ turns: radius 0 to 5, angle 3.5π·radius/5, the second turned by π."""
    radius = 5.0 * (np.arange(k.size) // 2 + 0.5) / ((k.size + 1) // 2)
    return _polar(radius, 3.5 * np.pi * radius / 5.0 + np.pi * k)


def moons(k: Array, rng: np.random.Generator) -> Array:
    """Upper half circle for k = 0, the same turned by 180° about the middle for k = 1; radius 3."""
    angle = rng.uniform(0.0, np.pi, k.shape)
    upper = 3.0 * np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], axis=1)
    return np.where(k[:, None] == 1, -upper, upper)


def plane(points: Array) -> Array:
    """(x1 + x2) / 12, from -1 to 1."""
    height: Array = points.sum(axis=1) / 12.0
    return height


def gauss_regression(points: Array) -> Array:
    """Σ ±exp(-‖x - centre‖² / 2) over three hills and three valleys."""
    square = ((points[:, None] - CENTRES) ** 2).sum(axis=2)  # (N, centres)
    height: Array = np.exp(-square / 2.0) @ SIGNS
    return height


def _polar(radius: Array, angle: Array) -> Array:
    return np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)


CLASSES: dict[str, Callable[[Array, np.random.Generator], Array]] = {
    "circle": circle,
    "xor": xor,
    "gauss": gauss,
    "spiral": spiral,
    "moons": moons,
}
NUMBERS: dict[str, Callable[[Array], Array]] = {"plane": plane, "gauss_regression": gauss_regression}
