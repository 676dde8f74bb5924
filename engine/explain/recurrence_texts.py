"""The sentences of the five levels for what happens over time."""

from engine.explain.explanation import Level

RECURRENCE_STORIES: dict[str, dict[Level, str]] = {
    "first_state": {
        "kid": "Before the first moment nothing is remembered: {value}.",
        "high_school": "A memory has to begin with something. Before the first time step it holds {value}.",
        "graduate": "The state before the first time step, {value}: not learned, and the same for every sequence.",
        "tldr": "The memory begins at {value}.",
        "phd": "The initial condition of the recurrence, {value}; a constant, so no gradient leaves through it.",
    },
    "recur": {
        "kid": "It listens to what comes in now and to what it remembers, and adds everything up: {value}. The "
        "loudest is {top}: {top_value}.",
        "high_school": "What comes in at step {t}, plus everything remembered from the step before, each times "
        "its weight: {value}. The largest part is {top} ({top_value}).",
        "graduate": "zₜ = (xₜ W_ih + b) + hₜ₋₁ W_hh at t = {t}: {value}. The same W_hh serves every time step. "
        "The largest term is {top}: {top_value}.",
        "tldr": "input + memory · W_hh = {value}; mostly {top}.",
        "phd": "The affine part of the recurrence at t = {t}: {value}. Its Jacobian in hₜ₋₁ is W_hh, whose "
        "powers decide whether gradients through time vanish or explode.",
    },
    "gate": {
        "kid": "This is the {gate}. It says {kid}. The sum was {z}, so it says {value}.",
        "high_school": "The {gate} at step {t} decides {decides}. Its sum is {z}; squeezed, that is {value}.",
        "graduate": "The {gate} at t = {t}, a function of the input and the state before: {value} (from z = "
        "{z}). It decides {decides}.",
        "tldr": "{gate}: {value}.",
        "phd": "The {gate} at t = {t}: {value} at z = {z}. It multiplies, so it gates the gradient on that path "
        "by the same factor; it decides {decides}.",
    },
    "lstm_cell": {
        "kid": "The memory held {n1}; {n0} of that may stay. New is {n3}, and {n2} of it comes in. Now it holds "
        "{value}.",
        "high_school": "New cell = forget gate · old cell + input gate · candidate = {n0} · {n1} + {n2} · {n3} = "
        "{value}.",
        "graduate": "cₜ = f cₜ₋₁ + i g = {n0} · {n1} + {n2} · {n3} = {value}. ∂cₜ/∂cₜ₋₁ = f: along the cell the "
        "gradient is only multiplied by f.",
        "tldr": "{n0} · {n1} + {n2} · {n3} = {value}.",
        "phd": "The cell's linear recurrence cₜ = f ⊙ cₜ₋₁ + i ⊙ g: {value}. With f near 1 it is an integrator "
        "(the constant error carousel), which is why its gradients survive long lags; here f = {n0}.",
    },
    "gru_mix": {
        "kid": "It remembered {n1} and could take {n2} instead. {n0} of the old one stays. Together: {value}.",
        "high_school": "New state = update · old + (1 − update) · candidate, with update = {n0}, old = {n1}, "
        "candidate = {n2}: {value}.",
        "graduate": "hₜ = u hₜ₋₁ + (1 − u) n = {value}, with u = {n0}, hₜ₋₁ = {n1}, n = {n2}. u = 1 keeps the past.",
        "tldr": "{n0} of {n1}, the rest of {n2}: {value}.",
        "phd": "A convex combination of the past ({n1}) and the candidate ({n2}) with weight u = {n0}: {value}. "
        "Its Jacobian in hₜ₋₁ contains diag(u), the path along which gradients keep their size.",
    },
    "carry": {
        "kid": "There is something to read here, so the memory goes on: {value}.",
        "high_school": "Step {t} is real, so the new state counts: {value}.",
        "graduate": "m y_new + (1 − m) yₜ₋₁ with m = 1, a real time step: the new state, {value}.",
        "tldr": "goes on: {value}.",
        "phd": "A masked update at a real step (m = 1): the recurrence itself, {value}.",
    },
    "ended": {
        "kid": "Here there is nothing left to read, so the memory stays as it was: {value}.",
        "high_school": "Step {t} is padding: there is nothing to read, so the state of the step before stays: {value}.",
        "graduate": "m y_new + (1 − m) yₜ₋₁ with m = 0, padding: the state of the step before stays, {value}. So "
        "padding changes nothing.",
        "tldr": "padding: stays {value}.",
        "phd": "A masked update at padding (m = 0): the identity, so value ({value}) and gradient pass unchanged "
        "to and from the next real step.",
    },
    "time_step": {
        "kid": "What was said at each moment, written down in order. Here stands {value}.",
        "high_school": "The answers of all time steps, one after the other; this one is {value}.",
        "graduate": "The values of the time steps as one sequence (T, M); a copy of one of them: {value}.",
        "tldr": "copied from its step: {value}.",
        "phd": "A stacking of the states along a time axis; each coordinate is a copy ({value}), and its vjp "
        "hands each step its own gradient.",
    },
    "part": {
        "kid": "This is a piece of {source}: {value}.",
        "high_school": "All such numbers stand together in {source}; this is the piece that belongs here: {value}.",
        "graduate": "A view of {source}: {value}. Nothing is computed for it.",
        "tldr": "a piece of {source}: {value}.",
        "phd": "A coordinate of {source}, seen as a block of its own: {value}. Projection; its vjp is the inclusion.",
    },
    "step_mask": {
        "kid": "1 says that there is something to read here, 0 that it is over. Here: {value}.",
        "high_school": "Sequences have different lengths; 1 marks a real time step, 0 the filling behind the "
        "end. Here: {value}.",
        "graduate": "The mask of real time steps: {value}. Where it is 0 nothing counts and no gradient comes back.",
        "tldr": "real step? {value}.",
        "phd": "An indicator of the support of the sequence: {value}; a function of the data alone.",
    },
    "fed": {
        "kid": "Before it writes the next symbol it looks at the one before: number {value}.",
        "high_school": "The symbol that the decoder reads at this step: number {value}. In training it is the "
        "true one before while the teacher speaks (teacher forcing), otherwise its own best guess.",
        "graduate": "Token {value}: the target of the step before where the teacher speaks, else the argmax of "
        "the logits of the step before.",
        "tldr": "reads token {value}.",
        "phd": "A discrete choice, token {value}: teacher forcing with a rate (scheduled sampling). No gradient "
        "passes an argmax.",
    },
    "fit": {
        "kid": "How well does this place of what was read fit what is being written? {value}. More is better.",
        "high_school": "The score of one place of the sequence that was read: the memory now, times what was "
        "said there, summed: {value}.",
        "graduate": "The dot score h · encoderₖ = {value}; softmax over all places makes it a weight. Padding "
        "scores −10³⁰.",
        "tldr": "fit {value}.",
        "phd": "A bilinear form ⟨h, keyₖ⟩ = {value}, the logit of a categorical distribution over the places of "
        "the source.",
    },
    "blend": {
        "kid": "It mixes what it has read: most from the places that fit best. The mixture says {value}; most "
        "comes from {top}.",
        "high_school": "Each place of what was read, times its weight, added up: {value}. The largest part is "
        "{top_value}.",
        "graduate": "context = Σₖ wₖ vₖ = {value}: an expectation over the places of the source.",
        "tldr": "weighted mean {value}.",
        "phd": "The expectation of the values under the attention distribution: {value}; it lies in their convex hull.",
    },
    "teacher": {
        "kid": "1: the teacher says the true symbol. 0: it has to guess by itself. Here: {value}.",
        "high_school": "Drawn at random for this step: {value}. With 1 the decoder reads the true symbol, with 0 "
        "its own guess.",
        "graduate": "Teacher forcing with a rate: {value} at this time step, drawn for this training step.",
        "tldr": "teacher speaks? {value}.",
        "phd": "A Bernoulli draw of scheduled sampling, {value}: a function of the seed, the layer and the step.",
    },
    "gradient_through_time": {
        "kid": "It was used now and remembered for later. Now sends back {now}, later sends back {later}: {value}.",
        "high_school": "This number was used at its own step (which hands back {now}) and at the next (which "
        "hands back {later}, with all that came after). In all {value}. {direction}",
        "graduate": "Backpropagation through time: ∂L/∂· at step {t} = {now} from this step + {later} from the "
        "next = {value}. {direction}",
        "tldr": "{now} now, {later} from later: {value}.",
        "phd": "The adjoint of the recurrence at t = {t}: the local cotangent {now} plus the pullback {later} of "
        "the adjoint at t + 1; {value}. Iterated, the second part is a product of Jacobians.",
    },
}
