"""y = target where teach is 1, else the index of the largest score; target and teach (N,), scores (N, K), y (N,).

What a decoder reads next: the true symbol while the teacher speaks, otherwise its own best guess. Williams & Zipser,
"A Learning Algorithm for Continually Running Fully Recurrent Neural Networks", 1989 (teacher forcing); Bengio et al.,
"Scheduled Sampling", 2015. A choice does not vary continuously, so nothing gets a gradient.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op


def shape(target: Shape, teach: Shape, scores: Shape) -> Shape:
    """(N,), (N,), (N, K) -> (N,)."""
    for what, given in (("teach", teach), ("scores", scores[:1])):
        if given != target:
            raise ShapeMismatch(f"choose: {what}", target, given)
    return target


def _scratch(target: Shape, teach: Shape, scores: Shape) -> tuple[Shape, ...]:
    """Room for whole numbers of 8 bytes, in either dtype."""
    return ((2 * target[0],),)


def forward(y: Array, target: Array, teach: Array, scores: Array, work: Array) -> None:
    """y = guess + teach (target - guess)."""
    guess = work.view(np.intp)[: len(y)]
    np.argmax(scores, axis=1, out=guess)
    np.copyto(y, guess, casting="unsafe")
    np.copyto(y, target, where=teach > 0)


CHOOSE = Op(
    name="choose",
    formula=r"y = \begin{cases} t & \text{the teacher speaks} \\ \operatorname{argmax}_k s_k & \text{else} \end{cases}",
    summary="The symbol that is read next: the true one while the teacher speaks, otherwise the best guess.",
    inputs=("target", "teach", "scores"),
    shape=shape,
    forward=forward,
    vjps=(),
    example=lambda rng: (np.array([2.0, 0.0, 1.0, 3.0]), np.array([1.0, 0.0, 0.0, 1.0]), rng.normal(size=(4, 5))),
    scratch=_scratch,
)
