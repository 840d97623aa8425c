import { cite } from "../../references.ts";
import { math as m } from "../../rich.ts";
import type * as english from "../en/trainings.ts";
import { fr, plain } from "../typography.ts";

export const trainings: typeof english.trainings = {
  heading: "Au cœur des entraînements",
  firstEpoch: "Première époque",
  lastEpoch: "Dernière époque",
  gradient: {
    reading: fr`Une couche apprend aussi vite que son gradient ${
      m("\\lVert \\partial L / \\partial \\theta_\\ell \\rVert_2")
    } le lui permet. Là où cette norme est plus petite de plusieurs ordres de grandeur dans les premières couches que dans les dernières, les gradients disparaissent et les premières couches n'apprennent presque pas ${
      cite("gradients", "fr")
    } ; là où elle croît d'époque en époque, ils explosent ${cite("clipping", "fr")}.`,
    axis: "Norme du gradient",
    part: "Couche",
    figure:
      fr`Norme du gradient de chaque couche, avant tout écrêtage, au dernier pas de chaque époque, sur un axe logarithmique : moyenne sur les répétitions, l'étendue du plus bas au plus haut formant une bande. Les couches sont comptées à partir de 0, y compris celles sans paramètre. Une norme nulle n'a pas de place sur cet axe ; le fichier CSV la donne.`,
    figureAlt: (models) =>
      plain(
        `Courbes de la norme du gradient par époque, une ligne par couche (${models})`,
      ),
    table:
      fr`Norme du gradient de chaque couche au dernier pas d'une époque, moyennes sur les répétitions.`,
  },
  dead: {
    reading:
      fr`Une unité d'une ReLU qui est nulle pour toutes les images d'entraînement n'a pas de gradient : elle n'apprend plus, et revient rarement à la vie ${
        cite("deadUnits", "fr")
      }.`,
    axis: "Unités mortes",
    part: "Activation",
    figure:
      fr`Part des unités de chaque activation qu'aucune image d'entraînement n'éveille, à la fin de chaque époque : moyenne sur les répétitions, l'étendue formant une bande.`,
    figureAlt: (models) =>
      plain(
        `Courbes de la part d'unités mortes par époque, une ligne par activation (${models})`,
      ),
    table: fr`Part des unités mortes à la fin d'une époque, moyennes sur les répétitions.`,
  },
  noneDead: (models) => fr`Aucune unité n'est morte après aucune des époques de ${models}.`,
  objective: plain(
    "Un entraînement minimise sa perte augmentée des pénalités sur les poids. De deux modèles, celui dont l'objectif est le plus bas n'est pas forcément celui qui généralise le mieux ; la croissance des poids montre ce que les pénalités retiennent.",
  ),
  objectiveAxis: "Objectif",
  objectiveFigure:
    fr`Perte sur les images d'entraînement à la fin de chaque époque, pénalités comprises : moyenne sur les répétitions, l'étendue formant une bande.`,
  objectiveFigureAlt: plain("Courbes de l'objectif pénalisé par époque, une ligne par modèle"),
  normAxis: "Norme des poids",
  normFigure: fr`Norme ${
    m("\\lVert \\theta \\rVert_2")
  } de tous les paramètres entraînés à la fin de chaque époque, tracée de même.`,
  normFigureAlt: "Courbes de la norme des poids par époque, une ligne par modèle",
};
