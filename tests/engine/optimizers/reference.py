"""Writes docs/reference/optimizers.md from the registries: ``python -m tests.engine.optimizers.reference``."""

from pathlib import Path
from typing import Any

from engine import spec
from engine.catalog import tagged
from engine.initializers import INITIALIZERS
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "optimizers.md"

INTRODUCTION = r"""# Optimizers

An optimizer turns the gradient $g$ of a step into the *delta* $\Delta$ that each parameter $w$ is moved by:
$w \leftarrow w + \Delta$. All definitions are PyTorch's: eps outside the root (adadelta: inside, as in its paper),
undamped momentum, decoupled weight decay in `adamw`, the momentum schedule with 0.004 in `nadam`. Steps are counted
from 0 on the wire and from $t = 1$ in formulas. $\eta$ is the learning rate of the step: `learning_rate` times the
schedule's factor.

This page is made from the registries by `python -m tests.engine.optimizers.reference`; a test fails when it is not up
to date.
"""

SLOTS = r"""
A slot is a vector beside the parameters that an optimizer keeps from step to step; all are 0 before the first. Some
hold a running sum where the formula has a running mean: $m / (1 - \beta_1)$, called `grad_sum`, and $v / (1 -
\beta_2)$, called `square_sum`. That saves work in every step; explanations show $m$ and $v$ as in the formula.
"""

SCHEDULE = r"""## Schedules

The learning rate of step $t$, here counted from 0, is `learning_rate` times the factor $f$.
"""

CLIPPING = r"""## Clipping

`clip` holds a gradient back before the optimizer sees it; both the gradient and the clipped one are kept.

### `value`

Each entry is held within ±`limit` (default 1.0).

```math
\hat g = \min(\max(g, -c), c)
```

### `norm`

The whole gradient, all parameters together, is scaled down to norm `limit` (default 1.0) if it is longer. PyTorch
adds $10^{-6}$ to the norm; here the clipped norm is the limit itself.

```math
\hat g = g \min\left(1, \frac{c}{\lVert g \rVert}\right)
```
"""

FIRST_WEIGHTS = r"""## Initializers

How weights are drawn before the first step, `initializer` of a layer. $\text{fan}_{in}$ and $\text{fan}_{out}$ are
the connections into and out of a unit. Left out, it is `he_normal` for relu, leaky_relu, elu, gelu, silu and
softplus, `lecun_normal` for selu, `glorot_uniform` for the rest; biases begin at 0 (`bias_initializer`). The numbers
depend on the seed and the parameter's name alone.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(
        [
            INTRODUCTION + SLOTS,
            *(_entry(name, "## ", OPTIMIZERS[name], model) for name, model in tagged(spec.OptimizerSpec).items()),
            SCHEDULE,
            *(_entry(name, "### ", SCHEDULES[name], model) for name, model in tagged(spec.ScheduleSpec).items()),
            CLIPPING,
            FIRST_WEIGHTS,
            *(_entry(name, "### ", INITIALIZERS[name], model) for name, model in tagged(spec.InitializerSpec).items()),
        ]
    )


def _entry(name: str, level: str, told: Any, model: Any) -> str:
    fields = model.model_fields.items()
    options = [f"`{option}` (default {field.default})" for option, field in fields if _is_number(field.default)]
    lines = [f"{level}`{name}`\n\n{told.summary}\n"]
    lines += [f"Options: {', '.join(options)}\n"] if options else []
    lines += [f"Slots: {', '.join(f'`{slot}`' for slot in told.slots)}\n"] if getattr(told, "slots", ()) else []
    return "\n".join([*lines, f"```math\n{told.formula}\n```\n"])


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
