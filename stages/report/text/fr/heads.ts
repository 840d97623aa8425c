import { cite } from "../../references.ts";
import { math as m } from "../../rich.ts";
import type * as english from "../en/heads.ts";
import { fr, plain } from "../typography.ts";

export const heads: typeof english.heads = {
  names: {
    mlp: "Perceptron multicouche",
    cnn: plain("Réseau convolutif"),
    transfer: plain("Tête de transfert"),
  },
  concept: {
    mlp: fr`Un **perceptron multicouche** ${
      cite("backpropagation", "fr")
    } place des couches cachées d'unités entre le vecteur d'une image et les scores des classes. Chaque couche multiplie par une matrice, ajoute un biais et applique une activation ${
      m("\\varphi")
    } à chaque unité ; softmax fait des probabilités des derniers scores. Le tout est appris ensemble, par l'entropie croisée avec les étiquettes :`,
    cnn: fr`Un **réseau convolutif** ${
      cite("lenet", "fr")
    } apprend sa propre représentation à partir des pixels. Chaque bloc convolue les canaux ${
      m("h_d")
    } de l'image avec de petits noyaux ${m("K_{c,d}")}, applique une activation ${
      m("\\varphi")
    } et garde un nombre de chaque carré de deux sur deux. Des couches denses suivent, comme dans un perceptron multicouche, avec softmax après la dernière ; le tout est appris ensemble, par l'entropie croisée avec les étiquettes :`,
    transfer:
      fr`La **tête de transfert** est celle que les tutoriels posent sur un réseau figé : le vecteur, une couche dense de 128 unités avec ReLU, un *dropout* d'une moitié, et une régression softmax sur ce qui en sort. Elle est apprise par l'entropie croisée avec les étiquettes.`,
  },
  activation: {
    sigmoid: plain("Sigmoïde"),
    tanh: "Tanh",
    relu: "ReLU",
    leakyRelu: "Leaky ReLU",
    elu: "ELU",
    gelu: "GELU",
  },
  activated: (o) => fr`Activation **${o.name}**, ${o.formula} : ${o.models}.`,
  batchNorm: (models) =>
    fr`La **normalisation par lots** (*batch normalisation*) ${
      cite("batchNorm", "fr")
    } est placée entre chaque couche cachée et son activation : elle ramène chaque unité à une moyenne nulle et une variance de un sur le lot, puis la met à l'échelle et la décale par deux nombres appris ; hors de l'entraînement, des moyennes mobiles prennent la place de celles du lot : ${models}.`,
  dropout: (o) =>
    fr`***Dropout*** ${
      cite("dropout", "fr")
    } : une itération laisse de côté chaque sortie d'une couche dense cachée avec la probabilité ${o.rate}, et agrandit les autres pour que leur moyenne demeure : ${o.models}.`,
  initialization: {
    uniform: fr`uniformes dans ${m("\\pm 1/\\sqrt{n}")}, où ${
      m("n")
    } est le nombre d'entrées d'une unité, comme dans PyTorch`,
    xavierUniform: fr`uniformes dans ${m("\\pm\\sqrt{6/(n + n')}")}, où ${
      m("n")
    } est le nombre d'entrées et ${m("n'")} celui des sorties ${cite("xavier", "fr")}`,
    xavierNormal: fr`normaux de variance ${m("2/(n + n')")}, où ${
      m("n")
    } est le nombre d'entrées et ${m("n'")} celui des sorties ${cite("xavier", "fr")}`,
    heUniform: fr`uniformes dans ${m("\\pm\\sqrt{6/n}")}, où ${
      m("n")
    } est le nombre d'entrées d'une unité ${cite("he", "fr")}`,
    heNormal: fr`normaux de variance ${m("2/n")}, où ${
      m("n")
    } est le nombre d'entrées d'une unité ${cite("he", "fr")}`,
    zeros: plain("tous nuls, si bien que les unités d'une couche cachée ne diffèrent jamais"),
  },
  initialized: (o) => fr`Les **premiers poids** sont ${o.how} : ${o.models}.`,
  all: plain("tous les modèles entraînés"),
  table: plain("Têtes entraînées : couches, réglages, et combien de nombres sont appris."),
  layers: plain("Couches et réglages"),
  parameters: plain("Paramètres"),
  yes: "oui",
  no: "non",
};
