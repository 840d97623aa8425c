import type * as english from "../en/results.ts";
import { cite } from "../../references.ts";
import { fr, of, plain } from "../typography.ts";

export const results: typeof english.results = {
  best: (o) =>
    fr`**${o.model}** atteint la plus haute exactitude sur l'ensemble de test, ${o.accuracy}, avec l'intervalle à ${o.level} ${o.interval}.`,
  overview: plain("Vue d'ensemble"),
  table: (replicates) =>
    fr`Résultats sur l'ensemble de test (${replicates}). Les intervalles portent sur les images de test ; ± est l'écart-type sur les répétitions. Le meilleur de chaque colonne est en gras.`,
  accuracy: "Exactitude",
  interval: "Intervalle",
  deviation: "±",
  macroF1: "F1 macro",
  logLoss: "Log loss",
  epochsToBest: plain("Meilleure époque"),
  epochs: "Époques",
  multiplyAdds: plain("Multiplications-additions"),
  parameters: "Paramètres",
  accuracyFigure:
    fr`Exactitude sur l'ensemble de test : moyenne avec son intervalle, et chaque répétition (petites marques).`,
  accuracyFigureAlt: (o) => plain(`Graphique de l'exactitude de test par modèle. ${o.values}.`),
  curves: plain("Courbes d'apprentissage"),
  lossFigure: (o) =>
    fr`Perte par époque : moyenne sur les répétitions, et bande de la plus basse à la plus haute, tant qu'au moins la moitié des répétitions s'entraînent encore. ${o.stopped}`,
  accuracyCurves: fr`Exactitude par époque, tracée comme la perte ci-dessus.`,
  markers: plain(
    "Le trait plein marque la meilleure époque moyenne, le tireté l'époque moyenne après laquelle vient le surapprentissage.",
  ),
  markersAgree: plain(
    "Le trait marque la meilleure époque moyenne, qui est aussi celle où commence le surapprentissage.",
  ),
  bestAndOverfit: plain("Meilleure époque, puis surapprentissage"),
  bestMarker: plain(
    "Le trait plein marque la meilleure époque moyenne ; le surapprentissage ne commence dans aucune répétition.",
  ),
  lossFigureAlt: (models) =>
    plain(
      `Courbes de la perte d'entraînement et de validation par époque, un cadre pour chacun de : ${models}`,
    ),
  accuracyCurvesAlt: (models) =>
    plain(
      `Courbes de l'exactitude d'entraînement et de validation par époque, un cadre pour chacun de : ${models}`,
    ),
  epoch: "Époque",
  loss: "Perte",
  training: "Entraînement",
  validation: "Validation",
  series: "Partition",
  curvesTable: plain(
    "Époques, en moyenne sur les répétitions, avec la plus basse et la plus haute.",
  ),
  bestEpoch: plain("Meilleure époque"),
  overfitEpoch: plain("Surapprentissage après"),
  stopEpoch: plain("Époques parcourues"),
  stopped: plain("Arrêt par"),
  stops: {
    patience: "patience",
    maximum: plain("nombre maximal d'époques"),
    converged: "convergence",
    diverged: "divergence",
  },
  never: "jamais",
  neverFor: (mean, count, total) => fr`${mean} (dans ${count} sur ${total})`,
  testCurves: plain("Sur l'ensemble de test, époque par époque"),
  testCurvesTitle: plain("Un diagnostic, et rien pour choisir"),
  testCurvesReading: plain(
    "L'étude demande ces courbes nommément. Elles viennent après tous les choix : chaque entraînement retenu est refait une fois, tenu aux bits de ses poids, et testé après chaque époque. Aucune époque, aucun hyperparamètre et aucun modèle n'est choisi d'après elles, et aucune étape ne les lit sinon celle qui écrit cette note. Une époque choisie d'après elles devrait une part de son score au hasard.",
  ),
  testLossFigure:
    fr`Perte sur les images de validation et de test par époque, tracée comme les courbes d'apprentissage. Le trait marque l'époque moyenne retenue.`,
  testAccuracyFigure:
    fr`Exactitude sur les images de validation et de test par époque, tracée de même.`,
  testLossFigureAlt: (models) =>
    plain(
      `Courbes de perte de validation et de test par époque, un panneau par modèle : ${models}`,
    ),
  testAccuracyFigureAlt: (models) =>
    plain(
      `Courbes d'exactitude de validation et de test par époque, un panneau par modèle : ${models}`,
    ),
  testCurvesTable: plain(
    "Exactitude sur les images de test de l'époque retenue, et la plus haute de toutes les époques, qui flatte : moyennes sur les répétitions.",
  ),
  keptEpoch: plain("Époque retenue"),
  accuracyThere: plain("Exactitude de test"),
  highestEpoch: plain("Époque de la plus haute"),
  cost: plain("Coût de convergence"),
  costFigure:
    fr`Coût de convergence, compté jusqu'à la meilleure époque : chaque répétition (petites marques) et la moyenne.`,
  costFigureAlt: (values) =>
    plain(`Graphique du nombre d'époques jusqu'à la meilleure, par modèle. ${values}.`),
  costTable: plain("Coût jusqu'à la meilleure époque, en moyenne sur les répétitions."),
  steps: "Itérations",
  samples: plain("Images vues"),
  perClass: plain("Par classe"),
  perClassFigure:
    fr`F1 de chaque classe, en moyenne sur les répétitions. Les classes sont dans l'ordre de leur F1 moyen.`,
  perClassFigureOf: (count) =>
    fr`F1 des ${count} classes où sa moyenne sur les modèles est la plus basse, en moyenne sur les répétitions.`,
  perClassFigureAlt: (o) =>
    plain(
      `Graphique du F1 par classe et par modèle, de ${o.worst}, le plus bas, à ${o.best}, le plus haut`,
    ),
  report: (model) =>
    fr`Rapport de classification ${
      of(model)
    }, en moyenne sur les répétitions. Le fichier CSV compte aussi chaque classe contre le reste, sur toutes les répétitions.`,
  range: (o) => fr`La précision va de ${o.precision}, et le rappel de ${o.recall}.`,
  fromTo: (low, lowClass, high, highClass) => fr`${low} (${lowClass}) à ${high} (${highClass})`,
  precision: plain("Précision"),
  recall: "Rappel",
  f1: "F1",
  support: "Support",
  macro: plain("Moyenne macro"),
  micro: plain("Moyenne micro (exactitude)"),
  weighted: plain("Moyenne pondérée"),
  confusion: "Confusions",
  confusionFigure: (model) =>
    fr`Matrice de confusion ${
      of(model)
    } : part des images de test de chaque classe rangées dans chaque classe, en pour cent, toutes répétitions réunies. Les parts de moins d'un pour cent sont omises.`,
  confusionFigureAlt: (o) =>
    plain(`Matrice de confusion ${of(o.model)}. Plus fortes confusions : ${o.pairs}`),
  truth: plain("Classe réelle"),
  predicted: plain("Classe prédite"),
  share: plain("Part (%)"),
  pairs: plain("Paires les plus confondues"),
  pairsTable: (count) =>
    fr`Les ${count} confusions les plus fréquentes, en part des images de test de la classe réelle, tous modèles et toutes répétitions réunis.`,
  count: "Erreurs",
  countShare: "Part",
  errorsFigure:
    fr`Images de test sur lesquelles le modèle le plus exact se trompe, pour les paires les plus confondues, première répétition ; à côté, des images d'entraînement de la classe réelle et de la classe prédite.`,
  errorsFigureAlt: (pairs) =>
    plain(`Planche d'images mal classées, une ligne pour chacune de : ${pairs}`),
  pair: (truth, predicted) => `${truth} → ${predicted}`,
  scores: plain("Autres scores"),
  scoresTable: (replicates) =>
    fr`Autres scores sur l'ensemble de test (${replicates}). L'AUC ROC et la précision moyenne sont des moyennes macro. Pour Brier et ECE, le plus bas est le meilleur. Le meilleur de chaque colonne est en gras.`,
  scoreNames: {
    balancedAccuracy: plain("Exactitude équilibrée"),
    topK: (k) => plain(`Top ${k}`),
    cohenKappa: "κ",
    matthewsCorrelation: "MCC",
    rocAuc: plain("AUC ROC"),
    averagePrecision: plain("Précision moyenne"),
    brier: "Brier",
    calibrationError: "ECE",
  },
  classesOnly: (model) =>
    fr`Pour ${model}, le fichier donne des classes sans leurs probabilités : les scores qui en dépendent sont omis.`,
  scoreMissing: plain(
    "Un tiret marque un score que les images de test laissent non défini : l'AUC ROC et la précision moyenne demandent des images de chaque classe, κ des réponses ou des images de plus d'une classe.",
  ),
  overReplicates: (o) =>
    fr`Sur les répétitions, la loi de Student donne ces intervalles à ${o.level} pour l'exactitude moyenne : ${o.intervals}. ${
      plain(
        o.splits
          ? "Ils disent le hasard de l'entraînement et du partage, et sont trop étroits dans la mesure où les partages ont des images d'entraînement en commun."
          : "Ils disent le hasard de l'entraînement, non celui du tirage des images de test.",
      )
    }`,
  calibrationFigure:
    fr`Calibration : exactitude des prédictions selon leur probabilité, par tranches, toutes répétitions réunies. Les marques sur le tireté sont aussi souvent justes qu'assurées ; les plus grandes réunissent plus de prédictions.`,
  calibrationFigureAlt: (errors) =>
    plain(`Diagramme de fiabilité des modèles. Erreurs de calibration : ${errors}`),
  confidence: plain("Probabilité de la prédiction"),
  folds: plain("Validation croisée"),
  foldsReading: (o) =>
    fr`${
      o.complete
        ? plain("Chaque image est testée dans exactement un pli, par un modèle qui ne l'a")
        : plain("Chaque image de test est jugée par des modèles qui ne l'ont")
    } ni apprise ni employée pour choisir. Les plis partagent la plupart de leurs images d'entraînement : leurs scores ne sont pas indépendants, et l'intervalle sur les plis est trop étroit ${
      cite("crossValidation", "fr")
    } ; *ensemble* note les réponses de tous les plis à la fois.`,
  foldsTable: plain(
    "Exactitude de chaque modèle dans chaque pli, et sur tous. Le fichier CSV a tous les scores.",
  ),
  testImages: plain("Images de test"),
  standardDeviation: plain("Écart-type"),
  intervalOver: {
    images: (level) => plain(`Intervalle à ${level} sur les images de test`),
    folds: (level) => plain(`Intervalle à ${level} sur les plis`),
  },
  pooled: "Ensemble",
  tests: plain("Tests par paires"),
  testsTable: (alpha) =>
    fr`Écarts d'exactitude entre les modèles pris deux à deux, le premier moins le second, en points de pourcentage. Désaccord : part des images de test qu'un seul des deux reconnaît. Significatif : valeur p corrigée par Holm d'au plus ${alpha}. p (répétitions) : test d'inversion de signe. Détectable dès : un tiret si les deux modèles sont trop rarement en désaccord pour qu'un écart soit significatif. Les écarts sont calculés avant arrondi.`,
  pairOf: (left, right) => `${left}\u00a0−\u00a0${right}`,
  pairHeader: "Paire",
  differenceHeader: "Écart",
  discordance: plain("Désaccord"),
  p: "p (McNemar)",
  corrected: "p (Holm)",
  seedsP: plain("p (répétitions)"),
  significant: "Significatif",
  yes: "oui",
  no: "non",
  detectable: plain("Détectable dès"),
  testsFigure:
    fr`Écarts d'exactitude avec leur intervalle. Dans la bande grise, un écart est plus petit que ce que cet ensemble de test peut montrer.`,
  testsFigureAlt: (values) => plain(`Graphique des écarts d'exactitude. ${values}.`),
  differencePoints: plain("Écart d'exactitude (points)"),
  noPair: plain("Il n'y a qu'un modèle : rien à comparer."),
};
