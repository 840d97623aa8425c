import { cite } from "../../references.ts";
import type * as english from "../en/sweeps.ts";
import { fr, plain } from "../typography.ts";

export const sweeps: typeof english.sweeps = {
  heading: (parameter) => plain(`Perte de chaque classe (${parameter})`),
  intro: (o) =>
    fr`La valeur d'un hyperparamètre qui convient le mieux à l'ensemble des classes n'est pas forcément celle qui convient le mieux à chacune : les effets de la régularisation dépendent de la classe ${
      cite("balestriero", "fr")
    }. Voici la perte logarithmique des images de test de chaque classe lorsque varie un seul hyperparamètre : ${o.parameter}.`,
  diagnosticTitle: plain("Un diagnostic, non une sélection"),
  diagnostic: plain(
    "Ces pertes sont celles des images de test, vues une fois tous les choix faits. Elles montrent en quoi les classes diffèrent ; une valeur choisie d'après elles serait à éprouver sur d'autres images.",
  ),
  valuesCaption: (o) =>
    fr`Perte logarithmique sur les classes pour chaque valeur (${o.parameter} ; ${o.replicates}). Chaque classe compte pour une. Meilleure pour : nombre de classes dont la perte moyenne est la plus basse à cette valeur. La plus basse moyenne est en gras.`,
  series: plain("Modèles"),
  mean: plain("Moyenne sur les classes"),
  deviation: "±",
  bestFor: "Meilleure pour",
  classesCaption: (o) =>
    fr`Ce que coûte la valeur commune : la meilleure valeur de chaque classe, sa perte à cette valeur, et à celle qui est la meilleure pour la moyenne sur les classes. Les ${o.shown} lignes, sur ${o.all}, de plus grand écart ; le fichier CSV les donne toutes.`,
  classesCaptionAll:
    fr`Ce que coûte la valeur commune : la meilleure valeur de chaque classe, sa perte à cette valeur, et à celle qui est la meilleure pour la moyenne sur les classes. Les classes qui y perdent le plus viennent d'abord.`,
  best: "Meilleure valeur",
  lossAtBest: plain("Perte à cette valeur"),
  lossAtCommon: plain("Perte à la valeur commune"),
  excess: "Écart",
  agreeing: plain("Répétitions concordantes"),
  agreeingValue: (o) => fr`${o.count} sur ${o.all}`,
  classesShare: (o) =>
    fr`Pour **${o.count}** classes sur ${o.all}, une autre valeur que la valeur commune, ${o.value}, donne la plus basse perte.`,
  classesShareOf: (o) =>
    fr`${o.series} : pour **${o.count}** classes sur ${o.all}, une autre valeur que la valeur commune, ${o.value}, donne la plus basse perte.`,
  validationMean: plain("Moyenne en validation"),
  bestForOnValidation: plain("Meilleure pour, en validation"),
  bestByValidation: plain("Meilleure en validation"),
  lossAtValidation: plain("Perte de test à celle-ci"),
  validated: (o) =>
    fr`Si l'on choisit plutôt sur les images de validation, une valeur pour toutes les classes (${o.value}) donne une perte de test moyenne sur les classes de ${o.common} ; pour chaque classe sa propre valeur, ${o.own}. Cette dernière peut prendre les pertes des classes à des modèles différents : aucun classifieur ne l'atteint forcément à lui seul.`,
  validatedOf: (o) =>
    fr`${o.series}, si l'on choisit plutôt sur les images de validation : une valeur pour toutes les classes (${o.value}) donne une perte de test moyenne sur les classes de ${o.common} ; pour chaque classe sa propre valeur, ${o.own}. Cette dernière peut prendre les pertes des classes à des modèles différents : aucun classifieur ne l'atteint forcément à lui seul.`,
  figure: (o) =>
    fr`Perte logarithmique de chaque classe sur l'ensemble de test en fonction de l'hyperparamètre (${o.parameter})${
      o.logarithmic ? plain(", sur un axe logarithmique") : ""
    } ; moyenne sur les répétitions. Un trait fin par classe, en couleur pour celles qui perdent le plus à la valeur commune ; le trait épais est la moyenne sur les classes, la bande un écart-type sur les classes de part et d'autre.`,
  figureAlt: (o) =>
    plain(
      `Graphique de la perte de chaque classe (${o.parameter}). Plus basse moyenne sur les classes : ${o.values}.`,
    ),
  axis: "Perte logarithmique",
};
