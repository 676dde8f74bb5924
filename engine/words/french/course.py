"""Where the cursor stands, what an edit kept, how training diverged, why a number is not computed: in French."""

COURSE = {
    # engine/walking.py, timetravel, visiting: where the cursor stands
    "This is the beginning: there is nothing to go back to.": "C’est le début : il n’y a rien avant.",
    "Back {where}.": "Retour {where}.",
    "Now {where}.": "On est maintenant {where}.",
    "Now {where}. {why:capital}.": "On est maintenant {where}. {why:capital}.",
    "at the beginning of step {step:,}": "au début de l’étape {step:,}",
    "in step {step:,}, after {label}": "dans l’étape {step:,}, après {label}",
    "Step {step:,} begins with what was set by hand.": "L’étape {step:,} commence par ce qui a été réglé à la main.",
    "Back at the beginning, with seed {seed}: nothing is trained.": "Retour au début, avec la graine {seed} : "
    "rien n’est entraîné.",
    "step {step:,}": "étape {step:,}",
    "step {step:,}, after {label}": "étape {step:,}, après {label}",
    " This run had been left; it is the present one again.": " Ce parcours avait été quitté ; c’est de nouveau celui "
    "d’aujourd’hui.",
    "At the bookmark {name}{where}.{run}": "Au signet {name}{where}.{run}",
    "step {step:,} is gone: the history begins at step {begin:,}": "l’étape {step:,} n’existe plus : l’historique "
    "commence à l’étape {begin:,}",
    "step {step:,} has not been trained yet; the last is {furthest:,}": "l’étape {step:,} n’est pas encore entraînée ; "
    "la dernière est {furthest:,}",
    "step {step:,} is no longer kept; the nearest that is kept is {nearest:,}": "l’étape {step:,} n’est plus gardée ; "
    "la plus proche qui l’est encore est {nearest:,}",
    # app/shards: sessions
    "Now at step {step:,}, {why}.": "On est maintenant à l’étape {step:,}, {why}.",
    "computed again": "recalculée",
    "on the way to step {step:,}": "en route vers l’étape {step:,}",
    "Step {step:,} is bookmarked.": "L’étape {step:,} a un signet.",
    "Training runs: step {step:,}, epoch {epoch:,}.": "L’entraînement tourne : étape {step:,}, époque {epoch:,}.",
    "Paused after {step:,} steps, in epoch {epoch:,}.": "En pause après {step:,} étapes, dans l’époque {epoch:,}.",
    "Paused: nobody was watching.": "En pause : personne ne regardait.",
    "Stopped: something unexpected happened.": "Arrêt : quelque chose d’inattendu est arrivé.",
    "Stopped: {epochs} epochs are done.": "Arrêt : {epochs} époques sont terminées.",
    "Stopped: the training loss {loss:.4g} is below {loss_below:g}.": "Arrêt : la perte d’entraînement {loss:.4g} est "
    "sous {loss_below:g}.",
    "Stopped: {accuracy:.1%} of the training examples are right.": "Arrêt : {accuracy:.1%} des exemples d’entraînement "
    "sont justes.",
    "cannot {command} while the session is {mode}; pause it first": "« {command} » n’est pas possible dans l’état "
    "« {mode} » ; mettez d’abord en pause",
    "Kept: {names}.": "Gardés : {names}.",
    "Kept as far as they fit: {names}.": "Gardés autant que possible : {names}.",
    "{layer} is called {name} now; its weights are the same.": "{layer} s’appelle maintenant {name} ; ses poids sont les mêmes.",
    "{turn}: {deed}{of}{value}. All is as it was there, at step {step:,}.": "{turn} : {deed}{of}{value}. Tout est comme c’était, à l’étape {step:,}.",
    "Undone": "Annulé",
    "Redone": "Rétabli",
    " of {name}": " de {name}",
    "the addition": "l’ajout",
    "the removal": "le retrait",
    "the move": "le déplacement",
    "a change": "une modification",
    "changes": "des modifications",
    "the renaming": "le changement de nom",
    "the setting by hand": "le réglage à la main",
    "the return to a bookmark": "le retour à un signet",
    "the new beginning": "le nouveau début",
    "New: {names}.": "Nouveaux : {names}.",
    "Gone: {names}.": "Supprimés : {names}.",
    "Changed.": "C’est modifié.",
    "{name} is set by hand: step {step:,} begins again.": "{name} est réglé à la main : l’étape {step:,} recommence.",
    "{name} is set to {number} by hand: step {step:,} begins again.": "{name} est réglé à {number} à la main : l’étape "
    "{step:,} recommence.",
    "Stopped: {node} is the first number that is not finite.": "Arrêt : {node} est le premier nombre qui n’est pas "
    "fini.",
    "The batch size is {batch_size:,}, but there are only {rows:,} training examples.": "La taille du lot est "
    "{batch_size:,}, mais il n’y a que {rows:,} exemples d’entraînement.",
    "Only the first {shown:,} of {rows:,} training examples are drawn; all are trained on.": "Seuls les {shown:,} "
    "premiers des {rows:,} exemples d’entraînement sont dessinés ; tous servent à l’entraînement.",
    # engine/divergence.py
    "is not a number (NaN)": "n’est pas un nombre (NaN)",
    "is infinite": "est infini",
    "{first} {cause}": "{first} {cause}",
    "{number} {what}: it is the first number that is not finite. {mechanism} {dtype} holds nothing larger than "
    "{largest}.": "{number} {what} : c’est le premier nombre qui n’est pas fini. {mechanism} {dtype} ne contient rien "
    "de plus grand que {largest}.",
    "a running sum of the optimizer": "une somme courante de l’optimiseur",
    "{name} ({count:,} of {size:,} numbers)": "{name} ({count:,} nombres sur {size:,})",
    "{op} was given {sizes}.": "{op} a reçu {sizes}.",
    "The gradient flows back through {layer}, where {sizes}.": "Le gradient revient par {layer}, avec {sizes}.",
    "The weights have grown to {largest}, and the penalty grows with them.": "Les poids ont grandi jusqu’à {largest}, "
    "et la pénalité grandit avec eux.",
    "The gradient reaches {largest}, and the optimizer computes with its square.": "Le gradient atteint {largest}, et "
    "l’optimiseur calcule avec son carré.",
    "The update is larger than the weights can hold: the gradient reaches {largest}.": "La mise à jour dépasse ce que "
    "les poids peuvent contenir : le gradient atteint {largest}.",
    "{read} up to {largest}": "{read} jusqu’à {largest}",
    "infinity": "l’infini",
    "Nothing has been trained since the beginning or the last change: the weights or the data themselves are too "
    "large.": "Rien n’a été entraîné depuis le début ou la dernière modification : ce sont les poids ou les données "
    "eux-mêmes qui sont trop grands.",
    " The loss went {way}.": " La perte a suivi {way}.",
    "This usually happens when the learning rate is too large: every step overshoots the minimum by more than the one "
    "before, until weights, loss and gradients run away.{path}": "Cela arrive d’habitude quand le taux d’apprentissage "
    "est trop grand : chaque étape dépasse le minimum de plus loin que la précédente, jusqu’à ce que les poids, la "
    "perte et les gradients s’emballent.{path}",
    "give the weights smaller values, or reset the training": "donnez aux poids des valeurs plus petites, ou "
    "réinitialisez l’entraînement",
    "standardise the data": "normalisez les données",
    "go back some steps and lower the learning rate (it is {rate}; try {less})": "revenez de quelques étapes et baissez "
    "le taux d’apprentissage (il vaut {rate} ; essayez {less})",
    "clip the gradient by norm, say at 1": "écrêtez le gradient selon sa norme, par exemple à 1",
    "standardise the inputs (they reach {largest})": "normalisez les entrées (elles atteignent {largest})",
    "{a}; or {b}": "{a} ; ou {b}",
    # engine/numbers.py, engine/graph: why a number is not computed
    "step {step:,} has not reached it yet: op {op}, {label}, computes it": "l’étape {step:,} n’y est pas encore "
    "arrivée : c’est l’opération {op}, {label}, qui le calcule",
    "frozen: this layer is not trainable, so its parameters have no gradient": "gelée : cette couche n’apprend pas, ses "
    "paramètres n’ont donc pas de gradient",
    "a running statistic follows the batch: it is not learned, so it has no gradient": "une statistique courante suit "
    "le lot : elle n’est pas apprise et n’a donc pas de gradient",
    "frozen: this layer is not trainable, so nothing moves its parameters": "gelée : cette couche n’apprend pas, rien "
    "ne déplace donc ses paramètres",
    "only parameters are moved by a delta": "seuls les paramètres sont déplacés par un delta",
    "no operation of a training step computes it": "aucune opération d’une étape d’entraînement ne le calcule",
    "fused: the loss and this activation are differentiated together, straight to the pre-activation": "fusionnées : la "
    "perte et cette activation sont dérivées ensemble, directement jusqu’à la pré-activation",
    "nothing before it is learned, so its gradient would help nobody": "rien n’est appris avant, son gradient ne "
    "servirait donc à personne",
    "the data is not learned, so training does not compute its gradient": "les données ne sont pas apprises, "
    "l’entraînement ne calcule donc pas leur gradient",
    "what a memory begins with is given, it does not depend on the weights": "ce par quoi une mémoire commence est "
    "donné et ne dépend pas des poids",
    "the mask is drawn at random, it does not depend on the weights": "le masque est tiré au hasard et ne dépend pas "
    "des poids",
    "the targets are given, they do not depend on the weights": "les cibles sont données et ne dépendent pas des poids",
    "the gradient of the loss with respect to itself is 1": "le gradient de la perte par rapport à elle-même est 1",
    "the penalty is added to the loss: its gradient with respect to itself is 1": "la pénalité s’ajoute à la perte : "
    "son gradient par rapport à elle-même est 1",
}
