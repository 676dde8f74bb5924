"""The sentences of the five levels for the special layers: lookups, products, moved numbers, normalisation."""

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
    "product": {
        "kid": "Here {count} numbers are multiplied: {numbers} = {value}. If one of them is 0, nothing passes.",
        "high_school": "The product of the inputs at this place: {numbers} = {value}. One is a gate for the other.",
        "graduate": "Entrywise product: {numbers} = {value}. The gradient of each factor is the product of the others.",
        "tldr": "{numbers} = {value}.",
        "phd": "A multilinear (Hadamard) product: {numbers} = {value}. Its derivative in each argument is "
        "multiplication by the others, so factors gate each other's gradients.",
    },
    "one_hot": {
        "kid": "A row of lamps, one for each token, and only the lamp of token {token} is on. This lamp says {value}.",
        "high_school": "The token is number {token}. In its row there is a 1 at that place and 0 everywhere else: at "
        "place {asked} stands {value}.",
        "graduate": "One-hot: 1 where k = {token}, else 0; at k = {asked} that is {value}.",
        "tldr": "token {token} = {asked}? {value}.",
        "phd": "The basis vector of token {token}, coordinate {asked}: {value}. Discrete, so nothing is differentiated "
        "with respect to the token.",
    },
    "embedding": {
        "kid": "Each token has its own row of numbers in a table. The row of token {token} says {value} here.",
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
        "kid": "Wherever its token stands, blame comes back to this number. Together: {value}. {vote_kid}",
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
    "gradient_worked": {
        "kid": "What this number was used for sends blame back. {kid} Together: {value}.",
        "high_school": "If this number grew by a tiny bit, the loss would change by about {value} times that bit. "
        "{direction} It comes back through {uses}.",
        "graduate": "Through {uses}: {how}. In all {value}. {direction}",
        "tldr": "handed back by {uses}: {value}.",
        "phd": "The pullback through {uses}: {how}. Value {value}; {top} contributes most, {top_value}.",
    },
}
