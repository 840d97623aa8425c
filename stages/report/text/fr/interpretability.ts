import { cite } from "../../references.ts";
import { math as m } from "../../rich.ts";
import type * as english from "../en/interpretability.ts";
import { fr, of, plain } from "../typography.ts";

export const interpretability: typeof english.interpretability = {
  intro: plain(
    "Sur quoi s'appuient les modèles entraînés : sur l'ensemble des images de test (global) et pour quelques-unes (local). Tout ceci a été calculé une fois les modèles choisis, et n'a servi à aucun choix.",
  ),
  separator: plain(" ; "),
  importance: plain("Global : importance par permutation"),
  importanceText: fr`**L'importance par permutation** ${cite("breiman", "fr")} ${
    cite("fisher", "fr")
  } demande ce que perd un modèle entraîné lorsque certains nombres de la représentation ne disent plus rien de leur image : les valeurs d'un groupe de dimensions sont échangées au hasard entre les images de test, et les scores de test repris. Si ${
    m("L")
  } est la perte logarithmique telle quelle et ${m("L_{g,r}")} celle de la permutation ${
    m("r")
  } du groupe ${m("g")}, et de même pour la baisse d'exactitude, l'importance est`,
  importanceReading: (o) =>
    fr`Il y a ${o.groups} groupes${
      o.placed
        ? plain(
          ", un pour chaque carré de l'image : les dimensions qui parlent de ses pixels, lignes et colonnes étant comptées à partir du coin supérieur gauche",
        )
        : ""
    }, et ${o.repeats} permutations par répétition, les mêmes pour tous les groupes. Des groupes qui disent la même chose se partagent leur importance : tant que l'un reste en place, permuter l'autre coûte peu. Une faible importance ne prouve donc pas qu'un groupe ne dit rien.`,
  importanceMapFigure:
    fr`Importance par permutation de chaque carré de l'image : hausse moyenne de la perte logarithmique sur l'ensemble de test, sur les permutations et les répétitions. Plus un carré est foncé, plus le modèle s'y appuie.`,
  importanceFigure: (count) =>
    fr`Importance par permutation : hausse moyenne de la perte logarithmique sur l'ensemble de test, sur les permutations et les répétitions, des ${count} groupes où elle est la plus forte en moyenne sur les modèles.`,
  importanceFigureAlt: (values) =>
    plain(
      `Graphique de l'importance par permutation. Plus forte hausse de la perte logarithmique par modèle : ${values}.`,
    ),
  importanceTable: (o) =>
    fr`Les ${o.count} groupes les plus importants sur ${o.all} pour ${o.model}, d'après la hausse de la perte logarithmique ; ± est l'écart-type sur les permutations et les répétitions. La baisse d'exactitude est en points de pourcentage.`,
  group: "Groupe",
  cell: (o) => plain(`ligne ${o.row}, colonne ${o.column}`),
  dimensions: (o) => plain(`dimensions ${o.from} à ${o.to}`),
  dimension: (index) => `dimension ${index}`,
  dimensionCount: "Dimensions",
  drop: plain("Baisse d'exactitude"),
  rise: plain("Hausse de la perte logarithmique"),
  deviation: "±",
  row: "Ligne",
  column: "Colonne",

  occlusion: plain("Local : occlusion"),
  occlusionText: (o) =>
    fr`**L'occlusion** ${
      cite("occlusion", "fr")
    } demande à quelle partie d'une image tient une réponse : un cache de ${o.patch} × ${o.patch} pixels y glisse, de ${o.stride} en ${o.stride} pixels, et chaque image ainsi masquée est de nouveau représentée et classée. Là où la probabilité de la classe baisse, la réponse tient à ce qui est caché ; là où elle monte, ce qui est caché parlait contre la classe. Les images sont choisies par une règle : les réponses justes et les erreurs de plus forte probabilité, ${o.images} au plus de chaque sorte et une par classe, à la première répétition.`,
  occlusionFigure: (o) =>
    fr`Cartes d'occlusion ${
      of(o.model)
    } : l'image, et le changement de la probabilité d'une classe selon la place du cache (valeur ${o.fill}) : de sa classe, et de la classe prédite s'il y a erreur. Un pixel a la moyenne des places qui le couvrent. Chaque image a son échelle, dont le bout est écrit sous sa carte.`,
  occlusionFigureAlt: (o) =>
    plain(
      `Planche d'images avec leurs cartes d'occlusion pour ${o.model} : ${o.images}. Le tableau qui suit dit où la probabilité baisse le plus.`,
    ),
  occlusionTable: (model) =>
    fr`Là où cacher coûte le plus, pour ${model} : la plus forte baisse de la probabilité de la classe prédite, en points, et les pixels que le cache y couvre.`,
  image: "Image",
  truth: plain("Classe réelle"),
  predicted: plain("Classe prédite"),
  probability: plain("Probabilité"),
  fall: plain("Plus forte baisse"),
  place: plain("Lignes × colonnes"),
  placeValue: (o) => `${o.top}–${o.bottom} × ${o.left}–${o.right}`,
  right: (probability) => plain(`juste, ${probability}`),
  wrong: (o) => plain(`prise pour ${o.predicted}, ${o.probability}`),
  ends: (points) => plain(`± ${points} points`),
  rises: "hausse",
  falls: "baisse",
  unchanged: plain("inchangée"),

  neighbours: plain("Local : images d'entraînement les plus proches"),
  neighboursText: (o) =>
    fr`Une erreur se lit aussi par l'exemple ${
      cite("cases", "fr")
    } : voici les images d'entraînement dont la représentation est la plus proche de celle d'une image de test (${o.metric}). Si elles sont de la classe prédite, c'est déjà la représentation qui y range l'image ; si elles sont de sa classe réelle, c'est la tête qui les sépare. Les erreurs sont celles de plus forte probabilité, ${o.images} au plus, une par classe, à la première répétition.`,
  metrics: { euclidean: "distance euclidienne", cosine: "distance cosinus" },
  neighboursFigure: (model) =>
    fr`Erreurs ${
      of(model)
    } commises avec le plus d'assurance, et les images d'entraînement les plus proches de chacune, de la plus proche à la plus lointaine, avec leur classe.`,
  neighboursFigureAlt: (errors) =>
    plain(
      `Planche d'images mal classées avec les images d'entraînement les plus proches ; le tableau qui suit donne leurs classes. Erreurs : ${errors}.`,
    ),
  neighboursTable: (model) =>
    fr`Erreurs ${
      of(model)
    } et classes des images d'entraînement les plus proches, celle de la plus proche d'abord, avec le nombre d'images de chacune.`,
  error: "Erreur",
  nearest: plain("Images d'entraînement les plus proches"),
  nearestClasses: plain("Classes des plus proches"),
  distance: plain("Plus petite distance"),
};
