import { cite } from "../../references.ts";
import { math as m } from "../../rich.ts";
import type * as english from "../en/fitted.ts";
import { fr, plain } from "../typography.ts";

export const fitted: typeof english.fitted = {
  heads: "Têtes",
  concept: {
    forest: fr`Une **forêt aléatoire** ${
      cite("breiman", "fr")
    } est faite de nombreux arbres de décision, chacun construit sur un échantillon des images d'entraînement qui lui est propre, tiré avec remise. Chaque nœud demande si une caractéristique est sous un seuil : parmi quelques caractéristiques tirées au hasard, il prend celle, et le seuil, pour lesquels l'impureté des deux parties est la plus faible, selon l'indice de Gini des parts ${
      m("q_k")
    } des classes. La probabilité d'une classe est la moyenne de ses parts dans les ${
      m("T")
    } feuilles où une image arrive :`,
    knn: fr`Les **k plus proches voisins** ${
      cite("neighbors", "fr")
    } gardent les images d'entraînement. La probabilité d'une classe est sa part des voix des ${
      m("k")
    } images d'entraînement ${
      m("N(x)")
    } dont les vecteurs sont les plus proches, qui comptent chacune ${m("w_i = 1")}, ou ${
      m("1 / d(x, x_i)")
    } :`,
    centroid: fr`Le **centroïde le plus proche** ${
      cite("centroid", "fr")
    } donne à une image la classe dont la moyenne ${
      m("\\mu_k")
    } sur les images d'entraînement est la plus proche. Les probabilités suivent les carrés des distances, selon une échelle ${
      m("s")
    } pour laquelle les étiquettes des images d'entraînement sont les plus vraisemblables :`,
  },
  shrunken:
    fr`Si un rétrécissement (*shrinkage*) est donné, chaque moyenne est d'abord rapprochée de la moyenne de toutes les images, une caractéristique après l'autre, d'autant d'écarts types.`,
  without: plain(
    "Les têtes qui suivent sont ajustées d'un coup aux images d'entraînement : elles n'ont ni époques, ni lots, ni optimiseur, et les réglages de ceux-ci sont sans effet sur elles. Les images de validation n'interviennent que si des valeurs sont à choisir.",
  ),
  outOfBag:
    fr`L'exactitude hors échantillon (*out-of-bag*) d'une forêt est celle sur ses images d'entraînement, chacune jugée par les arbres dont l'échantillon ne la contient pas : elle ne demande pas d'autres images.`,
  heading: plain("Têtes ajustées d'un coup"),
  caption: plain("Têtes ajustées d'un coup : options, et moyennes sur les répétitions."),
  options: "Options",
  images: plain("Images d'entraînement"),
  numbers: plain("Nombres gardés"),
  validation: plain("Exactitude de validation"),
  outOfBagHeader: plain("Exactitude hors échantillon"),
  trainUse: plain("L'ajustement des têtes"),
  validationUse: plain("Le choix des hyperparamètres"),
  selection: plain(
    "Les images de test ne prennent aucune part à l'ajustement ni au choix des hyperparamètres : les étapes qui s'en chargent n'ont pas accès aux prédictions de test, et celles qui ajustent ne lisent que les images d'entraînement et de validation.",
  ),
  replicated: (o) =>
    fr`Chaque modèle est ajusté ${o.count} fois (${o.names}), et les modèles sont comparés par paires.`,
  mixed: (o) =>
    fr`Chaque modèle est entraîné, ou ajusté, ${o.count} fois (${o.names}). Pour une même graine, les modèles de mêmes couches partent des mêmes poids, et ceux qui ont les mêmes lots les voient dans le même ordre ; tous les modèles sont comparés par paires.`,
  once: plain(
    "Chaque modèle n'est ajusté qu'une fois : les résultats ne disent pas quelle part y prend le hasard.",
  ),
  replicates: plain(
    "Les répétitions d'une tête qui ne tire rien au hasard ne diffèrent que par leurs images : sur un même partage, elles sont un seul ajustement et donnent les mêmes réponses.",
  ),
};
