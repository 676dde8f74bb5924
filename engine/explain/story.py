"""Which story a number has, and the numbers that its sentences quote."""

from dataclasses import dataclass, field

import numpy as np

from engine.explain import tex
from engine.explain.explanation import Index, Level, Quantity, Term
from engine.explain.gradients import is_penalised, local_derivative
from engine.explain.image_stories import IMAGE_NAMES
from engine.explain.layer_stories import HANDS_BACK, TELLERS, followed
from engine.explain.picture_stories import PICTURE_NAMES
from engine.explain.recurrence_stories import gate_of, through_time, time_steps
from engine.explain.roles import WORDS, role_of
from engine.explain.terms import Derivation, spoken
from engine.explain.texts import FUNCTIONS, LOSS_NOTES, OPTIMIZER_TITLES, STORIES_IN
from engine.explain.view import View, shape_of, users
from engine.layers import Node
from engine.ops import LOSSES, OPS
from engine.words import ENGLISH, Language, in_language, joined, say

#: Below this local derivative a unit hardly passes anything on.
SATURATED = 0.05

AFFINE = frozenset({"dense", "matmul"})
JOINTS = {
    "add": "adds its inputs up",
    "concat": "puts its inputs side by side",
    "flatten": "writes each example as one row",
}


@dataclass(frozen=True)
class Story:
    """The key of the sentences and what their braces are filled with."""

    key: str
    fields: dict[str, str] = field(default_factory=dict)

    def tell(self, level: Level, language: Language = ENGLISH) -> str:
        """The sentence at this level."""
        template, fields = STORIES_IN[language][self.key][level], in_language(self.fields, language)
        return " ".join(template.format(**fields).split())


def story_of(view: View, name: str, quantity: Quantity, index: Index, found: Derivation, value: float) -> Story:
    """The story of one computed number."""
    over = say("the one example") if view.rows == 1 else say("the {rows:,} examples", rows=view.rows)
    base = {"value": tex.words(value), "rows": str(view.rows), "over": over, **_top(found.terms)}
    if quantity == "delta":
        return _delta(view, name, index, base)
    if name in view.graph.parameters:
        return (
            _parameter_gradient(view, name, base, value)
            if quantity == "gradient"
            else _parameter(view, name, index, base, value)
        )
    node = view.graph.nodes[name]
    if quantity == "gradient":
        return _gradient(view, node, index, base, value)
    return _value(view, node, index, base, value)


def _top(terms: tuple[Term, ...]) -> dict[str, str]:
    """The term of largest magnitude, named after its first factor."""
    if not terms:
        return {"top": "", "top_value": ""}
    top = max(terms, key=lambda term: abs(term.value))
    named = top.factors[0].name if top.factors and not top.label.startswith("example") else top.label
    return {"top": named if top.label != "bias" else say("the bias"), "top_value": tex.signed(top.value)}


def _value(view: View, node: Node, index: Index, base: dict[str, str], value: float) -> Story:
    if node.op is None:
        name = spoken(view.graph, node.name, index, "value", view.features)
        return Story(_given(node), {**base, "name": name})
    if node.op in LOSSES:
        penalised = "" if "penalty" not in view.graph.nodes else say("; the penalty is reported apart")
        loss = view.spec.loss.type
        fields = {"loss": say(loss.replace("_", " ")), "penalty_words": penalised, "phd": say(LOSS_NOTES[loss])}
        minimised = say("this number plus the penalty") if penalised else say("this number")
        return Story("loss", {**base, **fields, "minimised": minimised})
    if node.kind == "penalty":
        biases = view.spec.regularization.include_biases
        what = say("weights and biases") if biases else say("the weights (biases do not count)")
        return Story("penalty", {**base, "what": what})
    if node.op in {"sigmoid", "tanh"} and (told := gate_of(node)):
        return Story("gate", {**base, **told, "z": tex.words(_argument(view, node, index))})
    if node.op in AFFINE:
        with_bias = node.op == "dense"
        inputs = shape_of(view.graph, node.inputs[0])[-1]
        biased = {"bias_words": say(", and the bias") if with_bias else "", "bias_tldr": " + b" if with_bias else "",
                  "z": node.name.rpartition(".")[2]}  # fmt: skip
        return Story(
            "pre_activation",
            {**base, **biased, "inputs": say("one input") if inputs == 1 else say("{n} inputs", n=inputs)},
        )
    if node.op in TELLERS:
        key, fields = TELLERS[node.op](view, node, index)
        return Story(key, {**base, **fields})
    if node.op in JOINTS:
        return Story("joint", {**base, "does": say(JOINTS[node.op])})
    if node.op == "dropout":
        mask = view.value(node.inputs[1])
        return Story("dropout", {**base, "mask": tex.words(float(mask[index])) if mask is not None else "?"})
    return _activation(view, node, index, base, value)


def _given(node: Node) -> str:
    """The story of a number that no operation computes."""
    if node.kind == "mask" and not node.options.get("scales", True):
        return "teacher"
    return "first_state" if node.kind == "state" else node.kind


def _argument(view: View, node: Node, index: Index) -> float:
    """What a function of one number was given."""
    z = view.value(node.inputs[0])
    assert z is not None
    return float(z[index])


def _activation(view: View, node: Node, index: Index, base: dict[str, str], value: float) -> Story:
    assert node.op is not None
    z = view.value(node.inputs[0])
    assert z is not None
    fields = {**base, "z": tex.words(float(z[index])), "percent": f"{100 * value:.1f} %"}
    if node.op == "softmax":
        return Story("softmax", fields)
    kid, describe = map(say, FUNCTIONS[node.op])
    local = tex.words(local_derivative(view, node, index))
    return Story(
        "activation", {**fields, "function": _function(node.op), "kid": kid, "describe": describe, "local": local}
    )


def _gradient(view: View, node: Node, index: Index, base: dict[str, str], value: float) -> Story:
    consumers = [user for user, _ in users(view.graph, node.name)]
    fields = {**base, "direction": _direction(value)}
    if any(user.op in LOSSES for user in consumers):
        return _output_gradient(view, index, fields, value)
    user = consumers[0]
    if len(consumers) == 1 and user.op is not None and OPS[user.op].elementwise:
        local = local_derivative(view, user, index)
        upstream = view.gradient(user.name)
        assert upstream is not None
        saturated = abs(local) < SATURATED
        remark = say("The unit is saturated here: almost nothing passes.") if saturated else ""
        return Story(
            "gradient_pre_activation",
            {**fields, "function": _function(user.op), "local": tex.words(local), "saturation": remark,
             "upstream": tex.words(float(upstream[index]))},
        )  # fmt: skip
    if node.block and len(consumers) > 1:
        return Story("gradient_through_time", {**fields, **through_time(view, node, consumers, index)})
    if consumers and all(user.op in HANDS_BACK for user in consumers):
        ways = list(dict.fromkeys(HANDS_BACK[user.op or ""] for user in consumers))
        told = {"kid": joined((say(kid) for kid, _ in ways), " "), "how": joined((say(how) for _, how in ways), "; ")}
        return Story("gradient_worked", {**fields, **told, "uses": _uses(consumers)})
    if not any(user.op in AFFINE for user in consumers):
        return Story("gradient_passed", {**fields, "uses": _uses(consumers)})
    units = sum(shape_of(view.graph, user.name)[-1] for user in consumers)
    readers = say("the unit that reads") if units == 1 else say("the {units} units that read", units=units)
    return Story(
        "gradient_activation",
        {
            **fields,
            "readers": readers,
            "consumers": say("one consumer") if units == 1 else say("{n} consumers", n=units),
        },
    )


def _uses(consumers: list[Node]) -> str:
    """What the number is used for, each named once."""
    return joined(dict.fromkeys(_function(user.op or "") for user in consumers))


def _output_gradient(view: View, index: Index, fields: dict[str, str], value: float) -> Story:
    prediction, target = view.value(view.graph.output), view.value("target")
    assert prediction is not None
    assert target is not None
    high = say("It said too much." if value > 0 else "It said too little." if value < 0 else "That is just right.")
    wanted = float(target[index]) if target.shape == prediction.shape else float(target[index[:-1]] == index[-1])
    return Story(
        "gradient_output",
        {
            **fields,
            "prediction": tex.words(float(prediction[index])),
            "target": tex.words(wanted),
            "direction_kid": high,
            "phd": say(LOSS_NOTES[view.spec.loss.type]),
        },
    )


def _direction(value: float) -> str:
    if value == 0:
        return say("Right now it does not matter at all.")
    return say("A smaller number would lower the loss." if value > 0 else "A larger number would lower the loss.")


_BELOW_ZERO = "Below zero: it turns what it hears into the opposite."


def _parameter_gradient(view: View, name: str, base: dict[str, str], value: float) -> Story:
    words, penalised = WORDS[role_of(view.graph, name)], is_penalised(view, name)
    minimised = say("loss plus penalty") if penalised else say("the loss")
    change = f"So a {'smaller' if value > 0 else 'larger'} {words.thing} would lower {{minimised}}."
    vote = say(change, minimised=minimised)
    kid = say("Down, they say." if value > 0 else "Up, they say.")
    if value == 0:
        vote, kid = say("Nothing changes if it moves a little."), say("They do not mind.")
    steps = time_steps(view, name)
    fields = {
        "vote": vote,
        "vote_kid": kid,
        "minimised": minimised,
        "over": say("{examples} and {steps:,} time steps", examples=base["over"], steps=steps)
        if steps > 1
        else base["over"],
        "voters": _voters(view.rows, steps),
        "penalty_words": say(", plus the penalty's part") if penalised else "",
        "penalty_tldr": say(" + penalty") if penalised else "",
    }
    return Story(words.gradient, {**base, **fields})


def _voters(examples: int, steps: int) -> str:
    voters = say("The one example votes") if examples == 1 else say("All {n:,} examples vote", n=examples)
    return say("{voters}, at each of {steps:,} time steps", voters=voters, steps=steps) if steps > 1 else voters


def _parameter(view: View, name: str, index: Index, base: dict[str, str], value: float) -> Story:
    start, deltas, edits = (float(array[index]) for array in view.ledger(name))
    fields = {
        "what": spoken(view.graph, name, index, "value", view.features),
        "start": tex.words(start),
        "moved": tex.signed(deltas + edits),
        "kid": say(_BELOW_ZERO if value < 0 else "What it hears, it passes on."),
    }
    return Story(WORDS[role_of(view.graph, name)].value, {**base, **fields})


def _delta(view: View, name: str, index: Index, base: dict[str, str]) -> Story:
    if view.graph.parameters[name].running is not None:
        return Story("statistic_delta", {**base, **followed(view, name, index)})
    delta, gradient, update, before = view.delta(name), view.gradient(name), view.update(), view.value(name)
    assert delta is not None
    assert gradient is not None
    assert before is not None
    assert update is not None
    thing = WORDS[role_of(view.graph, name)].thing
    fields = {
        **base,
        "value": tex.signed(float(delta[index])),
        "thing": thing,
        "this": say(f"this {thing}"),
        "symbol": name.rpartition(".")[2],
        "optimizer": say(OPTIMIZER_TITLES[update.optimizer.name]),
        "state": say(" (and its slots)") if update.slots else "",
        "before": tex.words(float(before[index])),
        "after": tex.words(float(np.add(before[index], delta[index]))),
        "gradient": tex.words(float(gradient[index])),
        "way": _way(float(gradient[index]), float(delta[index])),
        "remark": say(
            "The learning rate of this step is {learning_rate}.", learning_rate=tex.words(update.learning_rate)
        ),
    }
    return Story("delta", fields)


def _way(gradient: float, delta: float) -> str:
    """Against the gradient, as a rule; momentum and weight decay may have it otherwise."""
    if delta == 0:
        return say("Its gradient is {gradient}.", gradient=tex.words(gradient))
    if np.sign(gradient) == -np.sign(delta):
        return say("That is against its gradient, {gradient}: downhill.", gradient=tex.words(gradient))
    return say(
        "Its gradient alone, {gradient}, would not move it so: more than this step's gradient counts.",
        gradient=tex.words(gradient),
    )


def _function(op: str) -> str:
    return say({**IMAGE_NAMES, **PICTURE_NAMES}.get(op, op.replace("_", " ")))
