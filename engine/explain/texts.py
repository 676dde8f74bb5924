"""The sentences of the five levels, one story for each kind of number; braces are filled from the buffers."""

from collections.abc import Mapping
from typing import Any

from engine.explain.explanation import Level
from engine.explain.image_texts import IMAGE_STORIES
from engine.explain.layer_texts import LAYER_STORIES
from engine.explain.picture_stories import PICTURE_STORIES
from engine.explain.recurrence_texts import RECURRENCE_STORIES
from engine.words import Language
from engine.words.french.stories import FRENCH_STORIES

Story = dict[Level, str]

STORIES: dict[str, Story] = {
    "input": {
        "kid": "This is what the network gets to see: {name} is {value}. It did not make this number; it only looks at "
        "it.",
        "high_school": "An input: {name} = {value}, as the network sees it. Where the data ask for it, measured "
        "numbers are first shifted and scaled so that 0 is their average.",
        "graduate": "x = {value} is the feature {name} of this example, after standardisation where the dataset "
        "asks for it.",
        "tldr": "Input {name} = {value}.",
        "phd": "A leaf of the graph: the feature {name} of this row of the batch, {value}. No gradient is kept for "
        "it while training.",
    },
    "target": {
        "kid": "This is the right answer for this example: {value}. The network tries to say the same.",
        "high_school": "A target: the answer that the data give for this example, {value}. The loss compares the "
        "prediction with it.",
        "graduate": "t = {value}: the target of this example, written as the loss needs it.",
        "tldr": "Target {value}.",
        "phd": "A constant of the loss: the target {value} of this row of the batch, encoded for the loss. Nothing is "
        "differentiated with respect to it.",
    },
    "mask": {
        "kid": "Chance says who must be quiet in this step. Here it says {value}: 0 is quiet, anything else may speak.",
        "high_school": "A number of the dropout mask, drawn at random for this step: {value}. 0 switches the unit off.",
        "graduate": "mask = {value}: 0 with probability rate, otherwise 1/(1 − rate).",
        "tldr": "Dropout mask {value}.",
        "phd": "A draw of the mask, {value}: a function of the seed, the layer and the step, so a replay repeats it.",
    },
    "pre_activation": {
        "kid": "Each thing this unit hears is made louder or softer by its wire, and then everything is added up. "
        "The sum is {value}. The loudest voice is {top}: {top_value}.",
        "high_school": "Multiply each input by its weight and add them all{bias_words}: {z} = {value}. The largest "
        "part comes from {top} ({top_value}).",
        "graduate": "{z} is the inner product of the layer's {inputs} with this unit's column of "
        "W{bias_words}. The term of largest magnitude is {top}: {top_value}.",
        "tldr": "{z} = x·W{bias_tldr} = {value}; mostly {top}.",
        "phd": "An affine form of the layer's input: {z}_j = ⟨x, W_·j⟩{bias_tldr} = {value}. Level sets are "
        "hyperplanes in the space of {inputs}, and W_·j is their normal; {top} contributes {top_value}.",
    },
    "activation": {
        "kid": "The sum was {z}. {kid} So the unit says {value}.",
        "high_school": "Put the sum z = {z} into {function}: {describe} The answer is a = {value}.",
        "graduate": "a = {function}(z) with z = {z}, so a = {value}. {describe} Its local derivative here is {local}.",
        "tldr": "{function}({z}) = {value}.",
        "phd": "The nonlinearity {function}, applied pointwise: a = {value}, with diagonal Jacobian entry {local} "
        "at z = {z}. {describe}",
    },
    "softmax": {
        "kid": "All of them share one cake. This one gets {percent} of it, because its score {z} is compared "
        "with all scores.",
        "high_school": "Softmax turns scores into shares that add up to 1: e to the power of this score, divided by "
        "the sum over all scores. Score {z} gets {value}.",
        "graduate": "p_j = exp(z_j) / Σ exp(z_k) = {value}, computed after subtracting the largest logit so that "
        "nothing overflows.",
        "tldr": "softmax share: {percent}.",
        "phd": "The Gibbs distribution of the logits; p_j = {value}. Only differences of logits matter, and the "
        "Jacobian is diag(p) − p pᵀ, of rank at most K − 1.",
    },
    "joint": {
        "kid": "Here wires meet, and what they bring is put together: {value}.",
        "high_school": "This layer has no weights: it {does}. The result here is {value}.",
        "graduate": "A joint without parameters: it {does}; value {value}.",
        "tldr": "{does}: {value}.",
        "phd": "A linear map with fixed coefficients (it {does}); its vjp is its transpose. Value {value}.",
    },
    "dropout": {
        "kid": "In training some units must be quiet for a moment, picked by chance, so that the others learn too. "
        "This one: {value}.",
        "high_school": "Dropout switches units off at random (mask {mask}) and makes the rest louder: {value}.",
        "graduate": "a = x · mask with mask {mask}: 0 for a dropped unit, 1/(1 − rate) otherwise, so that the mean "
        "is unchanged.",
        "tldr": "× mask {mask} = {value}.",
        "phd": "Inverted dropout: an unbiased multiplicative noise, mask {mask}, drawn from the seed, the layer and "
        "the step; {value}.",
    },
    "loss": {
        "kid": "The loss says how wrong the network is, all examples of this batch together: {value}. The smaller, the "
        "better.",
        "high_school": "The loss measures how far the predictions are from the targets, over {over} of the batch: "
        "{value}. Learning means making it smaller.",
        "graduate": "L = {value}: {loss} over {over} of this batch. Every gradient you see is the derivative of "
        "{minimised}.",
        "tldr": "{loss} = {value}.",
        "phd": "The empirical risk of this batch ({rows} rows) under {loss}: {value}{penalty_words}. {phd}",
    },
    "penalty": {
        "kid": "Big weights cost something, so that the network prefers simple answers. The price now: {value}.",
        "high_school": "The penalty grows with the size of the weights: {value}. It is added to the loss, and shown "
        "apart from it.",
        "graduate": "penalty = l1·Σ|w| + ½·l2·Σw² = {value}, over {what}.",
        "tldr": "penalty = {value}.",
        "phd": "The negative log-prior up to a constant (Laplace for l1, Gaussian for l2), over {what}: {value}.",
    },
    "gradient_output": {
        "kid": "The network answered {prediction}, and {target} was right. {direction_kid} The blame that goes back "
        "is {value}.",
        "high_school": "If this number grew by a tiny bit, the loss would change by about {value} times that bit. It "
        "follows from the prediction {prediction} and the target {target}. {direction}",
        "graduate": "The loss hands its gradient to the output: {value}, from prediction {prediction} and target "
        "{target}. {direction}",
        "tldr": "∂L = {value} (prediction {prediction}, target {target}).",
        "phd": "The cotangent that starts the backward pass: {value}. {phd}",
    },
    "gradient_activation": {
        "kid": "The units that listen to this one send their blame back along the wires. Together: {value}.",
        "high_school": "Each unit that reads this activation sends back its own gradient times the weight of the wire "
        "between. Their sum is {value}. {direction}",
        "graduate": "The upstream gradient: for {readers} this one, dz times the weight between, added up – the row "
        "of W that led forward now leads back, which is where the transpose comes from. Value {value}.",
        "tldr": "dz · Wᵀ = {value}.",
        "phd": "The pullback of the cotangent through the affine map: da = dz Wᵀ, the contributions of {consumers} "
        "added (a value used twice gets two gradients). Value {value}.",
    },
    "gradient_passed": {
        "kid": "What this number was used for sends its blame straight back: {value}.",
        "high_school": "Where this number was used, a gradient arrived; it is handed back here, in all {value}. "
        "{direction}",
        "graduate": "No weights lie between: each use ({uses}) hands back its own upstream gradient, and the "
        "contributions are added: {value}. {direction}",
        "tldr": "handed back by {uses}: {value}.",
        "phd": "The pullback through {uses}, a map without parameters; contributions are added because a value used "
        "twice gets two gradients. Value {value}.",
    },
    "gradient_pre_activation": {
        "kid": "Nudge this unit's sum, and its answer moves {local} times as far. So of the blame {upstream}, "
        "{value} goes on.",
        "high_school": "The gradient arriving is {upstream}; {function} has slope {local} at this point. Multiply: "
        "{value}.",
        "graduate": "dz = da · {function}′(z) = {upstream} · {local} = {value}. {saturation}",
        "tldr": "{upstream} · {local} = {value}.",
        "phd": "The diagonal Jacobian of {function} scales the cotangent entrywise: {upstream} · {local} = {value}. "
        "{saturation}",
    },
    "gradient_fused": {
        "kid": "This number was not needed: the blame took a short cut past it.",
        "high_school": "{why}",
        "graduate": "{why}",
        "tldr": "Fused: not computed.",
        "phd": "{why}",
    },
    "gradient_weight": {
        "kid": "Should this weight go up or down? {voters}: together {value}. {vote_kid}",
        "high_school": "If this weight grew by a tiny bit, {minimised} would change by about {value} times that bit. "
        "{vote}",
        "graduate": "dW = Σ over {over} of (activation at the wire's start) · (gradient at its end){penalty_words} = "
        "{value}. {vote}",
        "tldr": "Σ x·dz{penalty_tldr} = {value}.",
        "phd": "An entry of the rank-≤{rows} matrix xᵀdz: an outer product per example, summed (the mean is already "
        "in dz){penalty_words}. Value {value}; {top} contributes most, {top_value}.",
    },
    "gradient_bias": {
        "kid": "The bias is this unit's own habit of saying yes or no. {voters} on it: together {value}. {vote_kid}",
        "high_school": "The bias is added to every example's sum, so its gradient is the sum of their "
        "gradients{penalty_words}: {value}. {vote}",
        "graduate": "db = Σ over {over} of dz{penalty_words} = {value}: a weight whose input is always 1. {vote}",
        "tldr": "Σ dz{penalty_tldr} = {value}.",
        "phd": "b is broadcast over the batch axis, and the transpose of a broadcast is a sum{penalty_words}: {value}.",
    },
    "delta": {
        "kid": "The {thing} was at {before}. It moves by {value} and is now at {after}: a step that should make the "
        "answers less wrong.",
        "high_school": "{optimizer} moves the {thing} by {value}, from {before} to {after}. {way}",
        "graduate": "{optimizer}: delta = {value} for gradient {gradient}; {symbol} goes from {before} to {after}. "
        "{remark}",
        "tldr": "{before} {value} → {after}.",
        "phd": "{optimizer} maps the gradient {gradient}{state} to delta = {value}. {remark}",
    },
    "parameter": {
        "kid": "This wire's strength is {value}. {kid}",
        "high_school": "A weight: the number that its input is multiplied by. It is {value}, started at {start} and "
        "has moved by {moved} so far.",
        "graduate": "{what} = {value} = start {start} + all changes since, {moved}.",
        "tldr": "{what} = {value}.",
        "phd": "A coordinate of the parameter vector: {value}; start {start}, sum of all deltas and edits since "
        "{moved} (the ledger checks it).",
    },
    "bias": {
        "kid": "Before it hears anything, this unit already has {value}.",
        "high_school": "A bias: the number that is added to the unit's sum, whatever its inputs are. It is {value}, "
        "started at {start} and has moved by {moved} so far.",
        "graduate": "{what} = {value} = start {start} + all changes since, {moved}.",
        "tldr": "{what} = {value}.",
        "phd": "A coordinate of the parameter vector, the offset of the affine form: {value}; start {start}, sum of "
        "all deltas and edits since {moved} (the ledger checks it).",
    },
    "never_computed": {
        "kid": "Nobody works this number out, because nothing would be done with it.",
        "high_school": "Never computed: {reason}.",
        "graduate": "Never computed: {reason}.",
        "tldr": "Never computed.",
        "phd": "Never computed: {reason}.",
    },
    "not_computed": {
        "kid": "Nobody has worked this number out yet. Press Step and watch it come.",
        "high_school": "Not computed yet: {reason}",
        "graduate": "Not computed yet: {reason}",
        "tldr": "Not computed yet.",
        "phd": "Not computed at this position of the cursor: {reason}",
    },
    **LAYER_STORIES,
    **IMAGE_STORIES,
    **PICTURE_STORIES,
    **RECURRENCE_STORIES,
}

STORIES_IN: dict[Language, Mapping[str, Mapping[Any, str]]] = {"en": STORIES, "fr": FRENCH_STORIES}

#: What the loss is to a statistician.
LOSS_NOTES = {
    "binary_cross_entropy": "The negative log-likelihood of a Bernoulli model; behind a sigmoid its gradient in the "
    "logits is p − t, divided by the number of entries.",
    "softmax_cross_entropy": "The negative log-likelihood of a categorical model; its gradient in the logits is "
    "(p − t) / N.",
    "mse": "It is, up to constants, the negative log-likelihood under Gaussian noise.",
    "half_squared_error": "The ½ cancels the 2 of the derivative.",
    "rmse": "The root makes the gradient's scale independent of the error's size.",
    "mae": "Its minimiser is the conditional median; at 0 the subgradient 0 is taken.",
    "huber": "Quadratic near 0, linear in the tails: a robust M-estimator.",
    "hinge": "A convex bound of the 0–1 loss; examples beyond the margin hand back nothing.",
}

#: The optimizers as people write them.
OPTIMIZER_TITLES = {
    "sgd": "Gradient descent",
    "momentum": "Momentum",
    "nesterov": "Nesterov's momentum",
    "adagrad": "Adagrad",
    "rmsprop": "RMSprop",
    "adam": "Adam",
    "adamw": "AdamW",
    "nadam": "NAdam",
    "adamax": "Adamax",
    "adadelta": "Adadelta",
}

#: activation -> (for a kid, in one sentence for the others)
FUNCTIONS: dict[str, tuple[str, str]] = {
    "linear": ("This unit says just what it heard.", "The identity leaves the number as it is."),
    "relu": (
        "Below zero this unit stays silent; above, it says what it heard.",
        "Negative sums become 0, positive ones pass.",
    ),
    "leaky_relu": (
        "Below zero this unit only whispers.",
        "Negative sums are shrunk to a hundredth, positive ones pass.",
    ),
    "elu": ("Below zero this unit sinks slowly, never under −1.", "Positive sums pass; negative ones approach −1."),
    "selu": (
        "A unit that keeps the voices of its layer equally loud.",
        "A scaled ELU that keeps mean 0 and variance 1.",
    ),
    "gelu": (
        "A soft gate: it holds back what is far below zero.",
        "z times the probability that a standard normal is below z.",
    ),
    "silu": ("A soft gate that opens as the number grows.", "z times its own sigmoid."),
    "tanh": ("It squeezes any number to between −1 and 1.", "tanh squeezes every number into (−1, 1), steepest at 0."),
    "sigmoid": (
        "It turns any number into a chance between 0 and 1.",
        "The sigmoid maps every number into (0, 1), steepest at 0.",
    ),
    "softplus": ("A soft corner: never below zero.", "A smooth ReLU: ln(1 + e^z)."),
    "sin": ("It goes up and down like a wave.", "A wave: its slope changes sign again and again."),
    "softmax": ("All of them share one cake.", "The exponentials, divided by their sum."),
}
