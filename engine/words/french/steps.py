"""What the operations of a step did, in French."""

STEPS = {
    # engine/narrate.py
    "{node}: example {row} of {examples} goes in{inputs}.": "{node} : l’exemple {row} parmi {examples} entre{inputs}.",
    "{node}: the one example goes in{inputs}.": "{node} : le seul exemple entre{inputs}.",
    "{node}: {does}; {most}.": "{node} : {does} ; {most}.",
    "{label}: {what}.": "{label} : {what}.",
    ": {named}{more}": " : {named}{more}",
    ", … {size} more": ", … et {size} de plus",
    "{node}: the teacher speaks at {spoken} of {steps}.": "{node} : le professeur parle à {spoken} sur {steps}.",
    "{node}: chance drops {dropped} of {size} for this example.": "{node} : le hasard en éteint {dropped} sur {size} "
    "pour cet exemple.",
    "the unit": "l’unité",
    "each of the {units} units": "chacune des {units} unités",
    " and adds its bias": " et ajoute son biais",
    "{who} sums its {many} times the weights{bias}": "{who} fait la somme pondérée de {many}{bias}",
    "{who} passes its sum on as it is": "{who} transmet sa somme telle quelle",
    "softmax turns {units} into shares of 1": "softmax change {units} en parts de 1",
    "{inputs} are added, number by number": "{inputs} sont additionnés, nombre par nombre",
    "{inputs} are laid side by side": "{inputs} sont mis côte à côte",
    "{read} is laid out in one row of {units}": "{read} est mis à plat sur une ligne de {units}",
    "{read} goes through the mask": "{read} passe par le masque",
    "{who} passes its sum through {op}": "{who} fait passer sa somme par {op}",
    "penalty: the size of the weights costs {value}, on top of the loss.": "penalty : la taille des poids coûte "
    "{value}, en plus de la perte.",
    "this example's answer {answer} meets its target {target}": "la réponse de cet exemple, {answer}, rencontre sa "
    "cible, {target}",
    "loss: {compared}; {called} over {examples} is {value}.": "loss : {compared} ; {called} sur {examples} vaut {value}.",
    "{label}: one of several contributions to the gradient of {node}; the others follow.": "{label} : une "
    "contribution parmi d’autres au gradient de {node} ; les suivantes arrivent.",
    "{label}: {size}, summed over {examples}; the largest is {value}, on {node}{where}.": "{label} : {size}, "
    "en somme sur {examples} ; le plus grand est {value}, sur {node}{where}.",
    "{label}: the gradient {how} to {size}; {most}.": "{label} : le gradient {how} jusqu’à {size} ; {most}.",
    "the loss hands back its gradient; {unit}": "la perte renvoie son gradient ; {unit}",
    "the gradient of {node} is {error} = {mine} for this example": "pour cet exemple, le gradient de {node} est "
    "{error} = {mine}",
    "{l2} times each weight": "{l2} fois chaque poids",
    "{l1} times its sign": "{l1} fois son signe",
    "penalty: {parts} is added to its gradient.": "penalty : {parts} s’ajoute à son gradient.",
    "clip: a gradient longer than {limit} is shortened to that length; its direction stays.": "clip : un gradient plus "
    "long que {limit} est ramené à cette longueur ; sa direction reste la même.",
    "clip: every entry of the gradient is held within ±{limit}.": "clip : chaque composante du gradient est tenue "
    "entre ±{limit}.",
    "There are no weights, so nothing moves.": "Il n’y a pas de poids, donc rien ne bouge.",
    "{name} turns the gradient into {count}; the largest is {value}, for {where}.": "{name} change le gradient en "
    "{count} ; le plus grand est {value}, pour {where}.",
    "{name} moves {count}; the largest delta is {value}, on {where}.": "{name} déplace {count} ; le plus grand delta "
    "est {value}, sur {where}.",
    "{steps} trained.": "Entraînement de {steps}.",
    "{steps} trained: the loss of the batch went from {first} to {last}.": "Entraînement de {steps} : la perte du lot "
    "est passée de {first} à {last}.",
    "the largest is {value}, at {where}": "le plus grand est {value}, à la place {where}",
    "for this example {mine}": "pour cet exemple {mine}",
    "for this example, all {size} are 0": "pour cet exemple, les {size} valent tous 0",
    "unit {places}": "l’unité {places}",
    "for this example, the largest is {mine}, at {where}": "pour cet exemple, le plus grand est {mine}, à {where}",
    "the example": "l’exemple",
    "the {rows:,} examples": "les {rows:,} exemples",
    # engine/doing.py: what operations do
    "units that are held keep their value, the others pass on as they are": "les unités bloquées gardent leur valeur, "
    "les autres passent telles quelles",
    "{reads} are multiplied, number by number": "{reads} sont multipliés, nombre par nombre",
    "the {many} of {read} are arranged in another shape": "les {many} de {read} sont rangés dans une autre forme",
    "the axes of {read} change places": "les axes de {read} changent de place",
    "a stretch of {read} is taken": "un morceau de {read} est pris",
    "each token becomes a row of zeros with a single 1": "chaque jeton devient une ligne de zéros avec un seul 1",
    "each token is looked up in the table, and its row copied": "chaque jeton est cherché dans la table, et sa ligne "
    "copiée",
    "the last time step of {read} is taken": "le dernier pas de temps de {read} est pris",
    "the last time step of {read} before its padding is taken": "le dernier pas de temps de {read} avant le "
    "remplissage est pris",
    "each filter slides over {read} and sums what lies under its kernel": "chaque filtre glisse sur {read} et "
    "additionne ce qui se trouve sous son noyau",
    "each filter slides over the steps of {read} and sums what it sees": "chaque filtre glisse sur les pas de temps de "
    "{read} et additionne ce qu’il voit",
    "of each window of {read} the largest number goes on": "de chaque fenêtre de {read}, le plus grand nombre continue",
    "each window of {read} becomes its mean": "chaque fenêtre de {read} devient sa moyenne",
    "each map of {read} becomes its mean": "chaque carte de {read} devient sa moyenne",
    "each number of {read} becomes a block": "chaque nombre de {read} devient un bloc",
    "the learned picture takes its place before the given ones": "l’image apprise prend place devant celles qui sont "
    "données",
    "each two maps of {read} are multiplied place by place and summed": "les cartes de {read} sont multipliées deux à "
    "deux, place par place, puis additionnées",
    "the first example of {read} is compared with another": "le premier exemple de {read} est comparé à un autre",
    "neighbouring pixels of {read} are compared": "les pixels voisins de {read} sont comparés",
    "what comes in is added to what is remembered, times the weights between time steps": "ce qui entre s’ajoute à ce "
    "qui est mémorisé, multiplié par les poids entre pas de temps",
    "the cell forgets some of what it held, and takes in some of the candidate": "la cellule oublie une part de ce "
    "qu’elle contenait, et prend une part de la valeur candidate",
    "some of what is remembered stays, and the candidate takes the rest": "une part de la mémoire reste, et la valeur "
    "candidate prend le reste",
    "where the sequence has ended, what is remembered stays as it is": "là où la séquence est finie, la mémoire reste "
    "telle quelle",
    "the values of all time steps are put one after the other": "les valeurs de tous les pas de temps sont mises l’une "
    "après l’autre",
    "nothing is remembered yet": "rien n’est encore mémorisé",
    "the symbol that is read next is the true one before, or the best guess": "le symbole lu ensuite est le vrai "
    "précédent, ou le plus probable",
    "every place of what was read is compared with what is being written": "chaque place de ce qui a été lu est "
    "comparée à ce qui s’écrit",
    "what was read is mixed, each place by its weight": "ce qui a été lu est mélangé, chaque place selon son poids",
    "the time steps that are no padding are marked": "les pas de temps qui ne sont pas du remplissage sont marqués",
    "the symbols up to the end of each answer are marked": "les symboles jusqu’à la fin de chaque réponse sont marqués",
    "the numbers of each row of {read} are brought to mean 0 and variance 1, then scaled and shifted": "les nombres de "
    "chaque ligne de {read} sont ramenés à une moyenne de 0 et une variance de 1, puis mis à l’échelle et décalés",
    "each query meets each key: their inner products over the root of their length": "chaque requête rencontre chaque "
    "clé : leur produit scalaire divisé par la racine de leur longueur",
    "each query shares its attention out: softmax over the keys": "chaque requête répartit son attention : softmax sur "
    "les clés",
    "each query shares its attention out over the keys that are no padding": "chaque requête répartit son attention "
    "sur les clés qui ne sont pas du remplissage",
    "each query mixes the values by its weights": "chaque requête mélange les valeurs selon ses poids",
    "the average of {read} over the whole batch is taken": "la moyenne de {read} sur tout le lot est prise",
    "the spread of {read} over the whole batch is taken": "la dispersion de {read} sur tout le lot est mesurée",
    "{read} is brought to mean 0 and variance 1 over the batch, then scaled and shifted": "{read} est ramené à une "
    "moyenne de 0 et une variance de 1 sur le lot, puis mis à l’échelle et décalé",
    # engine/doing.py: how gradients come back
    "comes back through {op}": "revient par {op}",
    "comes back through the weights": "revient par les poids",
    "comes back through every window's kernel": "revient par le noyau de chaque fenêtre",
    "comes back from the next time step, through the weights between time steps,": "revient du pas de temps suivant, "
    "par les poids entre pas de temps,",
    "comes back along the cell, as far as its gates are open,": "revient le long de la cellule, autant que ses portes "
    "sont ouvertes,",
    "comes back as far as the update gate lets it,": "revient autant que la porte de mise à jour le permet,",
    "comes back where the sequence has not ended": "revient là où la séquence n’est pas finie,",
    "comes back where no unit is held": "revient là où aucune unité n’est bloquée,",
    "goes back to the winner of each window, whole,": "retourne en entier au gagnant de chaque fenêtre,",
    "is shared out evenly within each window,": "est partagé également dans chaque fenêtre,",
    "is shared out evenly over each map,": "est partagé également sur chaque carte,",
    "is summed over each block,": "est additionné sur chaque bloc,",
    "comes back through each pair of maps,": "revient par chaque paire de cartes,",
    "is the difference itself, scaled,": "est la différence elle-même, mise à l’échelle,",
    "is the difference from each neighbour, scaled,": "est la différence avec chaque voisin, mise à l’échelle,",
    # what is counted
    "{n:,} input": "{n:,} entrée",
    "{n:,} inputs": "{n:,} entrées",
    "{n:,} sum": "{n:,} somme",
    "{n:,} sums": "{n:,} sommes",
    "{n:,} number": "{n:,} nombre",
    "{n:,} numbers": "{n:,} nombres",
    "{n:,} time step": "{n:,} pas de temps",
    "{n:,} time steps": "{n:,} pas de temps",
    "{n:,} unit": "{n:,} unité",
    "{n:,} units": "{n:,} unités",
    "{n:,} gradient": "{n:,} gradient",
    "{n:,} gradients": "{n:,} gradients",
    "{n:,} delta": "{n:,} delta",
    "{n:,} deltas": "{n:,} deltas",
    "{n:,} parameter": "{n:,} paramètre",
    "{n:,} parameters": "{n:,} paramètres",
    "{n:,} step": "{n:,} étape",
    "{n:,} steps": "{n:,} étapes",
    "{a} and {b}": "{a} et {b}",
}
