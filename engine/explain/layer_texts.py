"""The sentences of the five levels for the special layers: lookups, products, moves, normalisation, attention."""

from engine.explain.explanation import Level

LAYER_STORIES: dict[str, dict[Level, str]] = {
    "moved": {
        "kid": "This number was not changed, only put in another place: {value}.",
        "high_school": "This layer {does}. The number comes from {source} as it is: {value}.",
        "graduate": "A copy of one number of {source}: the layer {does}. Value {value}.",
        "tldr": "copied: {value}.",
        "phd": "A selection of coordinates (the layer {does}): a linear map of zeros and ones whose vjp is its "
        "transpose. Value {value}.",
    },
    "held": {
        "kid": "Somebody holds this one fast: it would have said {natural}, but it says {value}, always.",
        "high_school": "This unit is {does}. It would be {natural}, but the layers behind it read {value}, whatever "
        "comes in; so it learns nothing either.",
        "graduate": "Clamped: a = {value} in place of {natural}. The derivative with respect to what it comes to is 0.",
        "tldr": "held at {value}.",
        "phd": "An intervention do(a = {value}): the edge from its cause ({natural}) is cut, so no gradient passes "
        "through it.",
    },
    "free": {
        "kid": "Others in this layer are held fast, this one is free: {value}.",
        "high_school": "Some units of this layer are held at a value; this one is not. It comes from {source} as it "
        "is: {value}.",
        "graduate": "A free unit beside clamped ones: the identity on {source}. Value {value}.",
        "tldr": "free: {value}.",
        "phd": "The identity on a coordinate that no intervention touches: {value}.",
    },
    "product": {
        "kid": "Here {count} numbers are multiplied: {numbers} = {value}. If one of them is 0, nothing passes.",
        "high_school": "The product of the inputs at this place: {numbers} = {value}. One is a gate for the other.",
        "graduate": "Entrywise product: {numbers} = {value}. The gradient of each factor is the product of the others.",
        "tldr": "{numbers} = {value}.",
        "phd": "A multilinear (Hadamard) product: {numbers} = {value}. Its derivative in each argument is "
        "multiplication by the others, so factors gate each other's gradients.",
    },
    "one_hot": {
        "kid": "A row of lamps, one for each symbol, and only the lamp of symbol {token} is on. This lamp says "
        "{value}.",
        "high_school": "The token is number {token}. In its row there is a 1 at that place and 0 everywhere else: at "
        "place {asked} stands {value}.",
        "graduate": "One-hot: 1 where k = {token}, else 0; at k = {asked} that is {value}.",
        "tldr": "token {token} = {asked}? {value}.",
        "phd": "The basis vector of token {token}, coordinate {asked}: {value}. Discrete, so nothing is differentiated "
        "with respect to the token.",
    },
    "embedding": {
        "kid": "Each symbol has its own row of numbers in a table. The row of symbol {token} says {value} here.",
        "high_school": "The network looks token {token} up in its table and copies the row; number {unit} of it is "
        "{value}. The table is learned like any weight.",
        "graduate": "Row {token} of the table W, column {unit}: {value}. The same as a one-hot vector times W, "
        "without the zeros.",
        "tldr": "W[token {token}] = {value}.",
        "phd": "A lookup e_x W with x = {token}: {value}. Its vjp is a scatter-add into the rows of the tokens that "
        "occur.",
    },
    "layer_norm": {
        "kid": "The numbers of a row are compared with each other. This one, {x}, is {normal} steps from the middle; "
        "after the layer's own taste it is {value}.",
        "high_school": "From {x} the average of its {count} numbers is subtracted, and the rest is divided by how "
        "far they spread: {normal}. Scaled by {gamma} and shifted, it is {value}.",
        "graduate": "x̂ = (x − mean) / √(variance + ε) over the {count} numbers of the row = {normal}; a = γ x̂ + β = "
        "{value}, with γ = {gamma}.",
        "tldr": "γ x̂ + β = {value}, x̂ = {normal}.",
        "phd": "Projection of the row onto the hyperplane of mean 0, then to the sphere of radius √D; gain {inverse} "
        "at this point. x̂ = {normal}, a = {value}.",
    },
    "attention_score": {
        "kid": "Place {query} asks, and place {key} has something to offer. How well do they fit? {value}.",
        "high_school": "The fit of time step {query}'s question (query) and time step {key}'s label (key): multiply "
        "their {count} numbers pairwise, add up, divide by √{count}. Head {head}: {value}.",
        "graduate": "Head {head}: s = q·k / √d with d = {count}, between query {query} and key {key}: {value}.",
        "tldr": "q·k/√d = {value}.",
        "phd": "A scaled bilinear form of the two inputs; 1/√{count} keeps its variance at 1 for independent entries "
        "of variance 1, so the softmax does not saturate. Head {head}, query {query}, key {key}: {value}.",
    },
    "attention_weight": {
        "kid": "Place {query} can listen to many others at once. To place {key} it gives {percent} of its attention.",
        "high_school": "The softmax of the scores: of all that time step {query} takes in (head {head}), {percent} "
        "comes from time step {key}.",
        "graduate": "w = softmax of the scores of query {query} over all keys it may see (head {head}): {value} for "
        "key {key}.",
        "tldr": "attention {query} → {key}: {percent}.",
        "phd": "An entry of a row-stochastic matrix: query {query}, key {key}, head {head}, {value}. Its Jacobian is "
        "diag(w) − w wᵀ.",
    },
    "attention_hidden": {
        "kid": "Place {query} may not look at place {key}, so it hears nothing from there: {value}.",
        "high_school": "Time step {key} is hidden from time step {query}: it lies in the future, or is only padding. "
        "Its weight is {value}.",
        "graduate": "Masked: as if the score were −∞, so key {key} has weight {value} for query {query} and gets no "
        "gradient.",
        "tldr": "hidden: {value}.",
        "phd": "Outside the support of the softmax (head {head}, query {query}, key {key}): weight and gradient are "
        "exactly {value}.",
    },
    "attention_mix": {
        "kid": "Place {query} mixes what it heard from everyone, each as loud as it was listened to: {value}. The "
        "loudest: {top_value}.",
        "high_school": "A weighted average of the values of all time steps, with the weights of time step {query} in "
        "head {head}: {value}. The largest part: {top_value}.",
        "graduate": "y = Σ_j w_j v_j for query {query}, head {head}: {value}; the largest term is {top_value}.",
        "tldr": "w·v = {value}.",
        "phd": "A convex combination of the values (query {query}, head {head}): {value}, linear in v for given "
        "weights.",
    },
    "batch_mean": {
        "kid": "The average over all examples that are looked at together: {value}.",
        "high_school": "Add up the {count} numbers of channel {channel} in this batch and divide by {count}: {value}.",
        "graduate": "μ of channel {channel} over all {count} numbers of the batch: {value}. In evaluation the running "
        "mean takes its place.",
        "tldr": "batch mean {value}.",
        "phd": "The first empirical moment of channel {channel} over {count} entries, {value}: it couples the examples "
        "of the batch, so gradients flow between them.",
    },
    "batch_variance": {
        "kid": "How much the examples that are looked at together differ here: {value}. At 0 they would all be alike.",
        "high_school": "The mean of the squared distances of the {count} numbers of channel {channel} from their "
        "average: {value}.",
        "graduate": "σ² of channel {channel} over {count} numbers, divided by n: {value}. In evaluation the running "
        "variance takes its place.",
        "tldr": "batch variance {value}.",
        "phd": "The biased second central moment of channel {channel} over {count} entries: {value}. Its derivative in "
        "the mean vanishes, because the mean is that of the very entries.",
    },
    "batch_norm": {
        "kid": "Of all examples that are looked at together this one says {x}: {normal} steps from the middle. After "
        "the layer's own taste it is {value}.",
        "high_school": "From {x} the batch's average is subtracted, and the rest is divided by how far the batch "
        "spreads: {normal}. Scaled by {gamma} and shifted, it is {value}.",
        "graduate": "x̂ = (x − μ) / √(σ² + ε) = {normal}; a = γ x̂ + β = {value}, with γ = {gamma}.",
        "tldr": "γ x̂ + β = {value}, x̂ = {normal}.",
        "phd": "An affine map for given statistics, of gain γ · {inverse}; the statistics depend on all examples, so "
        "the full Jacobian couples them. x̂ = {normal}, a = {value}.",
    },
    "entry": {
        "kid": "One number of what the network knows about a token: {value}.",
        "high_school": "One entry of the table of tokens. It is {value}, started at {start} and has moved by {moved} "
        "so far.",
        "graduate": "{what} = {value} = start {start} + all changes since, {moved}.",
        "tldr": "{what} = {value}.",
        "phd": "A coordinate of a token's vector: {value}; start {start}, sum of all deltas and edits since {moved} "
        "(the ledger checks it).",
    },
    "gradient_entry": {
        "kid": "Wherever its symbol stands, blame comes back to this number. Together: {value}. {vote_kid}",
        "high_school": "If this entry grew by a tiny bit, {minimised} would change by about {value} times that bit: "
        "the sum over all places where its token stands. {vote}",
        "graduate": "dW[k] = Σ of the upstream gradients at the places where token k stands{penalty_words} = {value}. "
        "{vote}",
        "tldr": "Σ over the token's places{penalty_tldr} = {value}.",
        "phd": "The transpose of a lookup is a scatter-add{penalty_words}: {value}. Tokens that are not in the batch "
        "get exactly 0 from the loss.",
    },
    "scale": {
        "kid": "This is how loud the evened-out number is played: {value}.",
        "high_school": "A scale: the normalised number is multiplied by it. It is {value}, started at {start} and has "
        "moved by {moved} so far.",
        "graduate": "{what} = {value} = start {start} + all changes since, {moved}.",
        "tldr": "{what} = {value}.",
        "phd": "A coordinate of the gain γ: {value}; start {start}, sum of all deltas and edits since {moved} (the "
        "ledger checks it).",
    },
    "gradient_scale": {
        "kid": "Should this number be played louder or softer? {voters}: together {value}. {vote_kid}",
        "high_school": "If this scale grew by a tiny bit, {minimised} would change by about {value} times that bit. "
        "{vote}",
        "graduate": "dγ = Σ of upstream gradient · x̂{penalty_words} = {value}. {vote}",
        "tldr": "Σ dy·x̂{penalty_tldr} = {value}.",
        "phd": "γ is broadcast over all rows, so its gradient is the sum of dy ⊙ x̂{penalty_words}: {value}; {top} "
        "contributes most, {top_value}.",
    },
    "shift": {
        "kid": "After evening out, this much is added: {value}.",
        "high_school": "A shift: it is added to the scaled number. It is {value}, started at {start} and has moved by "
        "{moved} so far.",
        "graduate": "{what} = {value} = start {start} + all changes since, {moved}.",
        "tldr": "{what} = {value}.",
        "phd": "A coordinate of the offset β: {value}; start {start}, sum of all deltas and edits since {moved} (the "
        "ledger checks it).",
    },
    "gradient_shift": {
        "kid": "Should a little more be added here, or less? {voters}: together {value}. {vote_kid}",
        "high_school": "The shift is added to every row, so its gradient is the sum of theirs{penalty_words}: "
        "{value}. {vote}",
        "graduate": "dβ = Σ dy{penalty_words} = {value}. {vote}",
        "tldr": "Σ dy{penalty_tldr} = {value}.",
        "phd": "β is broadcast over all rows, and the transpose of a broadcast is a sum{penalty_words}: {value}.",
    },
    "statistic": {
        "kid": "This is what the network remembers of all the examples it has seen: {value}.",
        "high_school": "A running statistic: an average over the batches so far, not learned. It is {value}, started "
        "at {start} and has moved by {moved}.",
        "graduate": "{what} = {value} = start {start} + all changes since, {moved}. Evaluation uses it in place of the "
        "batch's own.",
        "tldr": "{what} = {value}.",
        "phd": "An exponential moving average of the batch statistic: {value}; start {start}, sum of all deltas and "
        "edits since {moved} (the ledger checks it).",
    },
    "statistic_delta": {
        "kid": "It was at {before}, and these examples say {batch}. So it moves a little towards it: {value}, to "
        "{after}.",
        "high_school": "The {what} moves by {momentum} of the way from {before} to this batch's {batch}: {value}, to "
        "{after}. No gradient has a part in it.",
        "graduate": "delta = momentum · (batch − running) = {momentum} · ({batch} − {before}) = {value}.",
        "tldr": "{before} {value} → {after}.",
        "phd": "A step of an exponential moving average with weight {momentum}: {value}. The batch's {batch} is the "
        "unbiased one, if it is a variance.",
    },
    "gradient_worked": {
        "kid": "What this number was used for sends blame back. {kid} Together: {value}.",
        "high_school": "If this number grew by a tiny bit, the loss would change by about {value} times that bit. "
        "{direction} It comes back through {uses}.",
        "graduate": "Through {uses}: {how}. In all {value}. {direction}",
        "tldr": "handed back by {uses}: {value}.",
        "phd": "The pullback through {uses}: {how}. Value {value}; {top} contributes most, {top_value}.",
    },
}
