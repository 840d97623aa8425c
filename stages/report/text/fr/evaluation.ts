import { cite } from "../../references.ts";
import { math as m } from "../../rich.ts";
import type * as english from "../en/evaluation.ts";
import { fr, plain } from "../typography.ts";

export const metrics: typeof english.metrics = {
  accuracy:
    fr`**L'exactitude (*accuracy*)** est la part des images de test dont la classe la plus probable est la bonne (un crochet vaut un s'il est vrai, zéro sinon) :`,
  perClass:
    fr`Pour une classe, si VP, FP et FN sont les nombres de vrais positifs, de faux positifs et de faux négatifs, la **précision** est la part de bonnes réponses parmi les images rangées dans cette classe, le **rappel (*recall*)** la part des images de cette classe qui ont été trouvées, et le **F1** leur moyenne harmonique :`,
  averages:
    fr`La moyenne **macro** donne le même poids à chaque classe ; la moyenne **pondérée** donne à chacune le poids de son support, le nombre de ses images de test. La moyenne **micro** prend toutes les réponses ensemble : comme chaque image a une seule classe et en reçoit une seule, celle de la précision, du rappel et du F1 est l'exactitude.`,
  logLoss:
    fr`La **perte logarithmique (*log loss*)** juge aussi les probabilités : c'est la moyenne de ${
      m("-\\log p_{i,y_i}")
    } sur les images de test ; elle pénalise les erreurs commises avec assurance.`,
  further: (o) =>
    fr`**D'autres scores** montrent d'autres côtés des mêmes réponses. L'*exactitude équilibrée* est le rappel moyen des classes qui ont des images de test${
      o.topK === undefined
        ? ""
        : fr`, le *top ${o.topK}* la part des images dont la classe est parmi les ${o.topK} plus probables`
    }. Le *κ de Cohen* ${cite("kappa", "fr")} et la *corrélation de Matthews*, MCC ${
      cite("gorodkin", "fr")
    }, mesurent l'accord au-delà du hasard : zéro pour des réponses qui ne savent rien, un pour des réponses parfaites. L'*AUC ROC* ${
      cite("auc", "fr")
    } dit à quelle fréquence une image d'une classe reçoit, pour cette classe, une plus forte probabilité qu'une image d'une autre, et la *précision moyenne* (*average precision*) est la précision moyennée sur le rappel, des plus fortes probabilités aux plus faibles ; toutes deux sont des moyennes macro de chaque classe contre les autres. Le *score de Brier* ${
      cite("brier", "fr")
    } est l'erreur quadratique moyenne des probabilités, de zéro, le mieux, à deux. L'*erreur de calibration*, ECE ${
      cite("calibration", "fr")
    }, est l'écart moyen entre l'assurance des prédictions et la part de celles qui sont justes, en ${o.bins} tranches de probabilité.`,
  bootstrap: (draws, level) =>
    fr`**Les intervalles** sont à ${level} : ce sont des percentiles sur ${draws} tirages *bootstrap* des images de test ${
      cite("bootstrap", "fr")
    } : ils disent de combien un chiffre bougerait avec d'autres images de test de même source.`,
  mcnemar: fr`Deux modèles sont comparés sur les mêmes images de test par le **test de McNemar** ${
    cite("mcnemar", "fr")
  } : si ${m("b")} images ne sont reconnues que par le premier et ${
    m("c")
  } que par le second, des modèles de même exactitude se partageraient également les ${
    m("b + c")
  } désaccords ${
    cite("dietterich", "fr")
  }. Le test est exact (binomial, bilatéral) ; les valeurs p des répétitions sont combinées en deux fois leur médiane, ce qui est valable quelle que soit leur dépendance ${
    cite("rueger", "fr")
  }.`,
  seeds:
    fr`Le **test d'inversion de signe** demande si un écart se maintient d'une répétition à l'autre : à modèles égaux, l'écart de chaque répétition a aussi bien un signe que l'autre, et p est la part de toutes les combinaisons de signes dont la moyenne est au moins aussi éloignée de zéro. Avec peu de répétitions, ce test ne peut donner de petite valeur p.`,
  holm: (alpha) =>
    fr`Comme il y a plusieurs paires, les valeurs p sont corrigées par la **procédure de Holm** ${
      cite("holm", "fr")
    }, qui maintient sous ${alpha} la probabilité d'une seule fausse découverte.`,
  detectable: (power) =>
    fr`**Le plus petit écart détectable** est l'écart d'exactitude que le test de McNemar, au seuil que lui laisse la procédure de Holm, trouverait dans ${power} de tels ensembles de test, vu la fréquence des désaccords entre les deux modèles ; les écarts plus petits sont hors de sa portée, et leur absence dans les résultats ne prouve rien.`,
};

export const tuning: typeof english.tuning = {
  intro: (o) =>
    fr`Chaque modèle a le même budget de **${o.tries}** essais, chacun refait à chaque répétition. On garde celui qui a la meilleure ${o.criterion} ; l'ensemble de test n'y a aucune part.`,
  uneven: (o) =>
    fr`Les modèles n'ont pas le même budget d'essais : ${o.counts}. Chaque essai est refait à chaque répétition, et on garde celui qui a la meilleure ${o.criterion} ; l'ensemble de test n'y a aucune part.`,
  triesOf: (o) => `${o.model} ${o.tries}`,
  grid: (models) => fr`${models} : les essais sont toutes les combinaisons des valeurs listées.`,
  points: (o) =>
    fr`${o.models} : les essais sont des points que l'étude liste${
      o.combined ? ", chacun combiné aux autres valeurs" : ""
    }.`,
  random: (o) =>
    fr`${o.models} : ${o.draws} points sont tirés au hasard ${
      cite("randomSearch", "fr")
    } dans les intervalles ci-dessous, par la graine ${o.seed}, et arrondis à ${o.digits} chiffres significatifs${
      o.combined ? plain(" ; chacun est combiné aux autres valeurs") : ""
    }.`,
  refined: (o) =>
    fr`${o.models} : tours d'affinage qui suivent : ${o.rounds}. Chacun essaie d'autres valeurs entre la meilleure jusque-là et ses plus proches voisines, d'après les mêmes images de validation ; elles comptent parmi les essais.`,
  ranges: {
    log: (low, high) => plain(`log-uniforme dans [${low} ; ${high}]`),
    uniform: (low, high) => plain(`uniforme dans [${low} ; ${high}]`),
    integer: (low, high) => plain(`entiers dans [${low} ; ${high}]`),
    choice: (values) => plain(`parmi ${values}`),
  },
  rounds: {
    start: plain("listé ou tiré"),
    refined: (round) => plain(`affinage ${round}`),
  },
  nothing: plain("Rien n'est réglé : tous les hyperparamètres sont fixés par l'étude."),
  criterion: {
    validationLoss: "perte moyenne de validation",
    validationAccuracy: "exactitude moyenne de validation",
  },
  caption: plain("Valeurs essayées et valeurs retenues, avec le score de l'essai retenu."),
  captionWithin: plain(
    "Valeurs essayées et valeurs retenues, entre parenthèses par combien de répétitions, avec le score moyen des essais retenus.",
  ),
  within: plain(
    "Les répétitions ont chacune leur partition, aussi chacune choisit-elle seule, d'après les images de validation de la sienne : une image qu'elle teste est de celles que d'autres répétitions apprennent ou valident.",
  ),
  tries: "Essais",
  parameter: "Hyperparamètre",
  tried: plain("Valeurs essayées"),
  chosen: "Retenue",
  edge:
    fr`La valeur retenue est la plus petite ou la plus grande essayée (†) : une recherche plus large en donnerait peut-être une meilleure.`,
  noEdge: plain("Aucune valeur retenue n'est la plus petite ou la plus grande essayée."),
  figure: (criterion) =>
    fr`${criterion} de chaque essai : moyenne et écart-type sur les répétitions. Une marque pleine est un essai retenu.`,
  figureWithin: (criterion) =>
    fr`${criterion} de chaque essai : moyenne et écart-type sur les répétitions. Les essais qui affinent des valeurs sont chacun d'une seule répétition, qui affine la meilleure des siennes. Une marque pleine est un essai retenu.`,
  figureAlt: (o) =>
    plain(`Graphique du score de chaque essai pour ${o.models}. Retenus : ${o.chosen}.`),
  parameters: {
    learningRate: plain("taux d'apprentissage"),
    weightDecay: plain("dégradation des poids"),
    batchSize: plain("taille de lot"),
    momentum: "inertie",
    epochs: plain("époques"),
  },
  byClass: {
    intro: (models) =>
      fr`**Dégradation des poids par classe** ${
        cite("balestriero", "fr")
      } : ${models}. Une fois les autres valeurs choisies, chaque classe prend, parmi les dégradations essayées avec elles, celle qui donne la plus petite perte moyenne de validation sur ses propres images (à égalité la plus grande), pour sa ligne de la dernière couche. Le modèle est un apprentissage de plus à chaque répétition, avec celles-là, quoi qu'il donne. La perte d'une classe a été mesurée là où toutes avaient la même dégradation, et la plus petite de plusieurs pertes mesurées flatte : l'apprentissage qui les réunit peut ne pas tenir ce qu'elles promettent. Seules des images qui n'ont rien choisi peuvent le dire.`,
    chosen: (o) =>
      fr`${o.model} : **${o.others}** des ${o.all} ${
        o.within
          ? plain("choix, un par classe et par répétition, sont d'une autre dégradation")
          : plain("classes prennent une autre dégradation")
      } que celle qui est la meilleure pour toutes les classes ensemble (${o.single}). Le dernier apprentissage a une ${o.criterion} de ${o.score}, contre ${o.singleScore} avec la même pour toutes.`,
    caption: (o) =>
      fr`${o.model} : dégradation des poids que chaque classe a choisie, et perte moyenne de validation de ses images avec elle, avec la seule pour toutes, et dans le dernier apprentissage, où chaque classe a la sienne. Les classes qui gagnent le plus à leur choix viennent d'abord${
        o.shown ? fr` : ${o.shown} sur ${o.all ?? ""}` : ""
      } ; le fichier CSV a toutes les pertes.`,
    decay: plain("Dégradation"),
    own: plain("Perte avec elle"),
    single: plain("Avec la seule pour toutes"),
    last: plain("Au dernier apprentissage"),
  },
  diverged: (count) =>
    fr`Essais dont une répétition a divergé : ${count}. Un tel essai n'est retenu que si tous sont dans ce cas.`,
};

export const claims: typeof english.claims = {
  caption: plain(
    "Les comparaisons dont se compose chaque affirmation, par le numéro de l'affirmation.",
  ),
  number: "Affirmation",
  comparison: "Comparaison",
  values: "Valeurs",
  test: "Test",
  verdict: "Verdict",
  tests: {
    none: "valeurs seules",
    bootstrap: "bootstrap",
    mcnemar: "McNemar (Holm)",
    seeds: plain("inversions de signe sur les répétitions"),
  },
  relations: { greater: ">", atLeast: "≥", less: "<", atMost: "≤", different: "≠" },
  margin: (margin) => fr`marge de ${margin}`,
  points: (margin) => fr`marge de ${margin} point`,
  verdicts: {
    "holds": plain("✓ vérifiée"),
    "does-not-hold": plain("✗ non vérifiée"),
    "not-significant": plain("○ non significative"),
  },
  missing: {
    "missing-value": plain("une valeur n'existe pas"),
    "missing-test": plain("le test ne peut être calculé"),
  },
  none: plain("L'étude ne pose aucune affirmation."),
  reading:
    fr`Une affirmation est **vérifiée** lorsque ses valeurs sont dans la relation énoncée et que, si elle nomme un test, ce test distingue l'écart du hasard. Elle est **non vérifiée** lorsque les valeurs ne sont pas dans cette relation. Elle est **non significative** lorsqu'elles y sont sans que le test les distingue du hasard : elle n'est alors ni confirmée ni réfutée.`,
};
