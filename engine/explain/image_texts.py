"""The sentences of the five levels for convolutions and poolings."""

from engine.explain.explanation import Level

IMAGE_STORIES: dict[str, dict[Level, str]] = {
    "convolution": {
        "kid": "A little window slides over {over}. Here it looks at {seen}, makes each louder or softer, "
        "and adds everything up: {value}. It looks for the same pattern at every place. The loudest is {top}: "
        "{top_value}.",
        "high_school": "The window lies {where}. Multiply each of the {seen} under it by its weight in the kernel "
        "and add them all{bias_words}: z = {value}. The same weights are used at every place. The largest part comes "
        "from {top} ({top_value}).",
        "graduate": "z is the inner product of the patch {where} with the kernel of filter {filter}{bias_words}; "
        "padding counts as 0. A cross-correlation: the kernel is not flipped. The term of largest magnitude is {top}: "
        "{top_value}.",
        "tldr": "⟨patch, kernel {filter}⟩{bias_tldr} = {value}; mostly {top}.",
        "phd": "A linear map that commutes with translation (for stride 1, away from the border): a Toeplitz matrix "
        "whose rows share {seen} weights, so z = ⟨patch, k_{filter}⟩{bias_tldr} = {value} {where}; {top} contributes "
        "{top_value}.",
    },
    "max_pool": {
        "kid": "Of the {seen} in this little window only the loudest is heard: {top} says {value}.",
        "high_school": "Max pooling keeps the largest of the {seen} under the window. The winner is {top}: {value}. "
        "Where it stood within the window is forgotten.",
        "graduate": "y = max over a window of {seen} = {value}, won by {top}. Of equal numbers the first in row-major "
        "order wins; padding never does.",
        "tldr": "max = {value}, from {top}.",
        "phd": "A piecewise linear selection: here the active piece is the coordinate {top}, {value}. At ties the "
        "subgradient of the first maximiser is taken.",
    },
    "average": {
        "kid": "The {seen} in this part of the picture are mixed to one: their middle is {value}.",
        "high_school": "The mean of {seen}: add them up and divide by {count}. That is {value}.{padding_words}",
        "graduate": "y = Σ x / {count} = {value}, over {seen}.{padding_words}",
        "tldr": "mean of {count} = {value}.",
        "phd": "A convolution with a constant kernel of weight 1/{count}, separately for each channel: "
        "{value}.{padding_words}",
    },
    "upsampled": {
        "kid": "The picture is blown up: each dot becomes a block of equal dots. This one says {value}, as {top} does.",
        "high_school": "Each number is repeated as a block of {count} equal numbers. This one is a copy of {top}: "
        "{value}.",
        "graduate": "Nearest-neighbour upsampling by {factor}: a copy of {top}, {value}.",
        "tldr": "copy of {top}: {value}.",
        "phd": "A linear map whose columns are indicators of blocks ({factor}); its adjoint sums over the block. A "
        "copy of {top}: {value}.",
    },
    "kernel": {
        "kid": "One dot of the little pattern that this window looks for: {value}. {kid}",
        "high_school": "A weight of a kernel: what lies under it is multiplied by {value}, at every place. "
        "It started at {start} and has moved by {moved} so far.",
        "graduate": "{what} = {value} = start {start} + all changes since, {moved}. It is shared by all places.",
        "tldr": "{what} = {value}.",
        "phd": "A coordinate of the parameter vector, shared by all translates of the window: {value}; start {start}, "
        "sum of all deltas and edits since {moved} (the ledger checks it).",
    },
    "gradient_kernel": {
        "kid": "Should this dot of the pattern be stronger or weaker? Every place the window stood at has a say, in "
        "every example: together {value}. {vote_kid}",
        "high_school": "This weight was used at every place of every example. Each use multiplies what lay under it by "
        "the gradient that came back there; their sum is {value}{penalty_words}. {vote}",
        "graduate": "dk = Σ over {over} and all places of (number under the entry) · (gradient of z at that "
        "place){penalty_words} = {value}. {vote}",
        "tldr": "Σ x·dz over all places{penalty_tldr} = {value}.",
        "phd": "The cross-correlation of the input with dz, summed over the batch: the adjoint of weight sharing is a "
        "sum over all translates{penalty_words}. Value {value}; {top} contributes most, {top_value}.",
    },
    "gradient_kernel_bias": {
        "kid": "This filter's own habit of saying yes or no. Every place has a say: together {value}. {vote_kid}",
        "high_school": "The bias is added at every place of every example, so its gradient is the sum of all their "
        "gradients{penalty_words}: {value}. {vote}",
        "graduate": "db = Σ over {over} and all places of dz{penalty_words} = {value}. {vote}",
        "tldr": "Σ dz over all places{penalty_tldr} = {value}.",
        "phd": "b is broadcast over the batch and all places, and the transpose of a broadcast is a "
        "sum{penalty_words}: {value}.",
    },
}
