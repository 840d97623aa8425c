import { cite } from "../../references.ts";
import { math as m } from "../../rich.ts";
import type * as english from "../en/concepts.ts";
import { fr, plain } from "../typography.ts";

export const concepts: typeof english.concepts = {
  representation: "Représentation",
  representationSize: (o) =>
    fr`Chaque image est représentée par un vecteur de ${o.dimension} nombres (${o.method}), calculé une fois et figé ; seule la tête qui suit est entraînée.`,
  pixels: plain("Le vecteur est fait des pixels de l'image, ramenés entre zéro et un."),
  hog: fr`Les histogrammes de gradients orientés (HOG) ${
    cite("hog", "fr")
  } décrivent les formes par leurs contours. En chaque pixel, si ${m("G_x")} et ${
    m("G_y")
  } sont les différences d'intensité selon les deux axes, le gradient a pour norme et pour orientation`,
  hogCells: plain(
    "L'image est découpée en cellules ; chacune a un histogramme de ses orientations, pondérées par la norme du gradient. Les cellules voisines sont réunies en blocs, et le vecteur de chaque bloc est divisé par sa norme, ce qui efface les différences de contraste ; il est ensuite borné à 0,2 et divisé de nouveau (norme L2-Hys) :",
  ),
  otherMethod: plain("Ses paramètres sont donnés avec la provenance."),
  head: "Régression softmax",
  headText: fr`Si ${
    m("x")
  } est le vecteur d'une image, la régression softmax (régression logistique multinomiale) donne à chaque classe ${
    m("k")
  } la probabilité`,
  loss: fr`où ${m("W")} et ${
    m("b")
  } sont appris : ils minimisent l'entropie croisée entre ces probabilités et les étiquettes, par lots de ${
    m("B")
  } images,`,
  gradient: fr`dont le gradient par rapport aux scores ${m("z_i")} est ${
    m("\\frac{1}{B}(p_i - e_{y_i})")
  }, où ${m("e_{y_i}")} est le vecteur *one-hot* de l'étiquette.`,
  optimizers: "Optimiseurs",
  notation: fr`Dans ce qui suit, ${
    m("g_t")
  } est le gradient qui entre dans la mise à jour à l'itération ${m("t")}, ${
    m("\\theta")
  } les paramètres, ${m("\\eta")} le taux d'apprentissage (*learning rate*) et ${
    m("\\lambda")
  } la dégradation des poids (*weight decay*). Celle-ci est *couplée* lorsqu'elle entre dans le gradient (${
    m("g_t \\leftarrow g_t + \\lambda\\,\\theta_{t-1}")
  }, une pénalité L2) et *découplée* lorsqu'elle réduit directement les paramètres.`,
  constants: (values) => fr`Dans cette étude, ${values}.`,
  optimizer: {
    gd: fr`**La descente de gradient** ${
      cite("gradientDescent", "fr")
    } calcule le gradient sur toutes les images d'entraînement à chaque itération ; une époque n'en compte qu'une :`,
    sgdw: fr`**SGDW** ${
      cite("adamw", "fr")
    } est la SGD avec inertie et une dégradation découplée, qui n'entre pas dans la vitesse :`,
    momentum: fr`**L'inertie en moyenne glissante** ${
      cite("momentum", "fr")
    } suit la moyenne mobile exponentielle des gradients, qui se souvient d'environ ${
      m("1/(1-\\beta)")
    } itérations :`,
    nesterov: fr`**L'inertie de Nesterov** ${
      cite("nesterov", "fr")
    } ajoute au gradient la vitesse que l'itération va prendre, et freine donc plus tôt :`,
    rmsprop: fr`**RMSprop** ${
      cite("rmsprop", "fr")
    } divise chaque gradient par la racine de la moyenne glissante de ses carrés : tous les paramètres avancent d'un pas comparable :`,
    lbfgs: fr`**L-BFGS** ${
      cite("lbfgs", "fr")
    } minimise la perte sur toutes les images d'entraînement : ${
      m("H_t")
    } approche l'inverse de sa courbure à partir des derniers pas, et une recherche linéaire trouve ${
      m("\\alpha_t")
    }. Une époque est une itération ; chaque évaluation de la perte compte pour un pas :`,
    nadam: fr`**Nadam** ${
      cite("nadam", "fr")
    } est Adam avec l'inertie de Nesterov, qui croît d'itération en itération :`,
    sgd: fr`**La SGD avec inertie (*momentum*)** ${
      cite("momentum", "fr")
    } suit une somme glissante des gradients passés, oubliés au taux ${
      m("\\mu")
    }, ce qui amortit les oscillations :`,
    adam: fr`**Adam** ${
      cite("adam", "fr")
    } divise la moyenne glissante des gradients par la racine de la moyenne glissante de leurs carrés, l'une et l'autre, dans sa forme usuelle, corrigées de leur départ à zéro ; sa dégradation des poids est couplée, donc divisée elle aussi :`,
    adamw: fr`**AdamW** ${
      cite("adamw", "fr")
    } est Adam avec une dégradation découplée : les paramètres diminuent dans une même proportion quels que soient leurs gradients :`,
    lion: fr`**Lion** ${
      cite("lion", "fr")
    } garde une seule moyenne glissante et n'emploie que le signe de la mise à jour : chaque paramètre se déplace du taux d'apprentissage. Son état tient en deux fois moins de place que celui d'Adam, et il demande des taux d'apprentissage plus petits :`,
  },
  schedules: plain("Programme du taux d'apprentissage"),
  schedulesNotation: fr`Dans ce qui suit, ${m("t")} compte les itérations à partir de zéro, ${
    m("n")
  } est le nombre d'itérations d'une époque, ${m("T")} celui du plus long entraînement, ${
    m("\\eta_t")
  } le taux d'apprentissage d'une itération et ${m("\\eta")} celui que l'étude donne.`,
  schedule: {
    constant: fr`Un taux **constant** est le même à chaque itération :`,
    step: fr`**Par paliers** ${cite("steps", "fr")} : toutes les ${
      m("k")
    } époques, le taux est multiplié par ${m("\\gamma")} :`,
    exponential: fr`**Exponentiel** ${
      cite("exponential", "fr")
    } : après chaque époque, le taux est multiplié par ${m("\\gamma")} :`,
    cosine: fr`**En cosinus** ${
      cite("cosine", "fr")
    } : le taux descend le long d'un demi-cosinus, lentement aux deux bouts :`,
    oneCycle: fr`**En un cycle (*one cycle*)** ${
      cite("oneCycle", "fr")
    } : le taux monte le long d'un demi-cosinus (noté ${
      m("\\cos_{\\alpha \\to 1}")
    } d'une part à une autre) jusqu'à celui qui est donné, puis descend à presque rien :`,
    plateau: fr`**Sur plateaux** ${cite("plateau", "fr")} : le taux est multiplié par ${
      m("\\gamma")
    } chaque fois que la valeur suivie est restée immobile plus de ${m("p")} époques ; ${
      m("r_t")
    } compte ces fois :`,
  },
  scheduledModels: (models) => fr`Modèles ainsi entraînés : ${models}.`,
  warmUp: (o) =>
    fr`Avec une montée linéaire (*warm-up*) pendant ${
      o.epochs === "1" ? "la première époque" : fr`les ${o.epochs} premières époques`
    } ${
      cite("warmUp", "fr")
    }, où le taux est multiplié par une part qui croît d'une itération à l'autre : ${o.models}.`,
  regularization: {
    heading: plain("Régularisation"),
    proximal: (value, models) =>
      fr`**Pénalité L1** ${cite("lasso", "fr")} avec ${
        m("\\lambda_1")
      } = ${value} : chaque itération finit par rapprocher tout paramètre de zéro de ${
        m("\\eta\\lambda_1")
      }, où il reste, de sorte que les poids deviennent épars : ${models}.`,
    subgradient: (value, models) =>
      fr`**Pénalité L1** ${cite("lasso", "fr")} avec ${m("\\lambda_1")} = ${value} : ${
        m("\\lambda_1 \\operatorname{sign}(\\theta)")
      } s'ajoute au gradient : ${models}.`,
    freeBiases: (_, models) =>
      fr`Les pénalités portent sur les poids seuls, non sur les biais : ${models}.`,
    byClass: (values, models) =>
      fr`**Dégradation des poids par classe** ${
        cite("balestriero", "fr")
      } : la ligne de la dernière couche de certaines classes a la sienne (${values}) : ${models}.`,
    byClassTuned: (_, models) =>
      fr`**Dégradation des poids par classe** ${
        cite("balestriero", "fr")
      } : la ligne de la dernière couche de chaque classe a celle que les images de validation de la classe ont choisie : ${models}.`,
    clipNorm: (value, models) =>
      fr`**Écrêtage** ${
        cite("clipping", "fr")
      } : un gradient de tous les paramètres dont la norme dépasse ${value} y est ramené : ${models}.`,
    clipValue: (value, models) =>
      fr`**Écrêtage** : chaque élément du gradient est tenu dans ±${value} : ${models}.`,
    smoothing: (value, models) =>
      fr`**Lissage des étiquettes** ${cite("smoothing", "fr")} avec ${
        m("\\varepsilon")
      } = ${value} : cette part de chaque cible est partagée entre toutes les classes ; les pertes d'entraînement sont celles de ces cibles : ${models}.`,
    balanced: (_, models) =>
      fr`**Classes équilibrées** : une image de la classe ${m("k")} pèse ${
        m("n / (K n_k)")
      } dans la perte d'entraînement, de sorte que toutes les classes pèsent autant : ${models}.`,
    weighed: (values, models) =>
      fr`**Poids des classes** dans la perte d'entraînement, moyenne sur les images du poids fois la perte ; 1 pour celles qui ne sont pas nommées (${values}) : ${models}.`,
    mixUp: (value, models) =>
      fr`**MixUp** ${cite("mixUp", "fr")} avec ${
        m("\\alpha")
      } = ${value} : chaque représentation et son étiquette sont mélangées avec une autre de son lot, dans une proportion tirée pour le lot selon ${
        m("\\mathrm{Beta}(\\alpha, \\alpha)")
      } ; les pertes et exactitudes d'entraînement sont celles des mélanges : ${models}.`,
  },
  keptLast: (models) =>
    fr`Les poids évalués sont ceux de la dernière époque, quelle que soit sa perte de validation, pour : ${models}.`,
  stopping: plain("Arrêt anticipé et surapprentissage"),
  bestEpoch: {
    validationLoss:
      fr`La perte sur les images de validation est calculée après chaque époque. La **meilleure époque** est celle où elle est la plus basse ; ce sont ses poids que l'on évalue ${
        cite("stopping", "fr")
      }.`,
    validationAccuracy:
      fr`La perte et l'exactitude sur les images de validation sont calculées après chaque époque. La **meilleure époque** est celle où l'exactitude est la plus haute, la première en cas d'égalité ; ce sont ses poids que l'on évalue ${
        cite("stopping", "fr")
      }.`,
    mixed:
      fr`La perte et l'exactitude sur les images de validation sont calculées après chaque époque. La **meilleure époque** est celle où celle des deux que le modèle surveille est la meilleure ; ce sont ses poids que l'on évalue ${
        cite("stopping", "fr")
      }.`,
  },
  minDelta: (value) => fr`Un changement compte comme une amélioration s'il dépasse ${value}.`,
  overfitting:
    fr`Un modèle est en **surapprentissage après** l'époque de sa plus basse perte de validation si, de là à la dernière époque, la perte de validation a augmenté alors que la perte d'entraînement a encore diminué : ce qu'il a appris entre-temps ne vaut que pour les images d'entraînement. Les pertes et les exactitudes d'entraînement sont des moyennes sur l'époque, chaque image étant vue avec les poids de son itération.`,
  cost:
    fr`Le **coût de convergence** est compté jusqu'à la meilleure époque, en époques, en itérations (lots) et en multiplications-additions. À la différence des secondes, il ne dépend pas de la machine.`,
  augmentation: "Augmentation",
  augmentationText: plain(
    "Les images d'entraînement sont variées par des transformations qui ne changent pas leur classe, pour que le modèle apprenne à ne pas en tenir compte.",
  ),
};

export const words: typeof english.words = {
  accuracy: "exactitude",
  precision: plain("précision"),
  recall: "rappel",
};
