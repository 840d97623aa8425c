import { code } from "../../rich.ts";
import type * as english from "../en/setting.ts";
import { fr, plain } from "../typography.ts";

export const question: typeof english.question = {
  models: plain("Les modèles comparés :"),
  differs: (name, values) => fr`${name} : ${values}`,
  claims: plain("Les affirmations mises à l'épreuve :"),
};

export const dataset: typeof english.dataset = {
  name: "Nom",
  images: "Images",
  imagesValue: (o) => fr`${o.count}, de ${o.height} × ${o.width} pixels, ${o.channels}`,
  grey: "en niveaux de gris",
  colour: "en couleurs",
  classes: "Classes",
  groups: "Groupes",
  groupsValue: (count) => fr`${count} ; les images d'un groupe ont une origine commune`,
  licence: "Licence",
  source: "Source",
  citation: "Citation",
  notRedistributable: plain(
    "La licence de ces images ne permet pas de les transmettre : cette note n'en montre aucune.",
  ),
  pretrainedTitle: "Images vues en pré-entraînement",
  pretrained: (names) =>
    fr`Ces images proviennent de ${names}. Une représentation pré-entraînée sur ces données a pu voir les images de test ; son exactitude en dit alors peu sur des images nouvelles.`,
  counts: (o) => fr`Nombre d'images de chacune des ${o.classes} classes dans chaque partition.`,
  countsVary:
    fr`Nombre d'images de chaque classe dans chaque partition, pour la première répétition ; les autres ont leur propre partition.`,
  equal: (count) =>
    fr`Les classes sont équilibrées (${count} images chacune) : l'exactitude résume donc équitablement les erreurs.`,
  balanced: (o) =>
    fr`Les classes sont équilibrées (de ${o.least} à ${o.most} images chacune) : l'exactitude résume donc équitablement les erreurs.`,
  unbalanced: (o) =>
    fr`Les classes ne sont pas équilibrées (de ${o.least} à ${o.most} images chacune) : les moyennes macro sont à lire à côté de l'exactitude, où une classe fréquente pèse davantage.`,
  samples: (o) =>
    fr`Images telles que les modèles les reçoivent avant représentation, prises à intervalles réguliers parmi les images d'entraînement de chaque classe (${o.count} par classe).`,
  samplesOf: (o) =>
    fr`Images telles que les modèles les reçoivent avant représentation, prises à intervalles réguliers parmi les images d'entraînement de chaque classe (${o.count} par classe, pour ${o.shown} des ${o.classes} classes).`,
  samplesAlt: (classes) => plain(`Planche d'exemples, une ligne par classe : ${classes}`),
};

export const method: typeof english.method = {
  split: (o) =>
    fr`Les images sont réparties une fois pour toutes, avant tout calcul : ${o.train} pour l'entraînement, ${o.validation} pour la validation et ${o.test} pour le test.`,
  splitWithoutValidation: (o) =>
    fr`Les images sont réparties une fois pour toutes, avant tout calcul : ${o.train} pour l'entraînement et ${o.test} pour le test.`,
  stratified: plain(
    "La partition est stratifiée : chaque classe a la même part dans chaque partition, à l'arrondi près.",
  ),
  deviation: (images) =>
    fr`Le plus grand écart d'une classe à sa part exacte d'une partition est de ${images} images.`,
  grouped: plain(
    "Toutes les images d'un groupe sont dans une même partition : le test porte sur des groupes jamais vus.",
  ),
  folds: (count) =>
    fr`Il y a ${count} plis : chaque répétition en prend un autre pour ensemble de test et répartit le reste. Les nombres sont ceux de la première répétition.`,
  published: plain(
    "L'ensemble de test est celui que les auteurs du jeu de données ont publié ; les images de validation sont prises parmi les autres.",
  ),
  roles: plain("À quoi sert chaque partition, et qui peut la lire."),
  role: "Usage",
  share: "Part",
  count: "Images",
  readBy: "Lue par",
  trainUse: "Le gradient de la fonction de perte",
  validationUse: plain("L'arrêt anticipé et le choix des hyperparamètres"),
  testUse: "Les résultats de cette note",
  trainReader: plain("l'entraînement"),
  validationReader: plain("l'entraînement (scores seuls) et la sélection"),
  testReader: plain("l'évaluation seule, une fois tous les choix faits"),
  leakTitle: "Contrôle des fuites",
  leakNone: plain("Aucune image n'a les mêmes octets qu'une image d'une autre partition."),
  leakFound: (count) =>
    fr`**${count}** ensembles d'images de mêmes octets sont dans plusieurs partitions ; l'étude l'autorise.`,
  groupsShared: (count) =>
    fr`**${count}** groupes ont des images dans plusieurs partitions : le test porte sur de nouvelles images de groupes connus, non sur de nouveaux groupes.`,
  groupsNotShared: plain("Aucun groupe n'a d'images dans deux partitions."),
  selection: plain(
    "Les images de test ne prennent aucune part à l'entraînement, à l'arrêt anticipé ni au choix des hyperparamètres : les étapes qui s'en chargent n'ont pas accès aux prédictions de test, et celles qui entraînent ne lisent que les images d'entraînement et de validation.",
  ),
  replicates: (o) =>
    fr`Chaque modèle est entraîné ${o.count} fois (${o.names}). Pour une même graine, tous les modèles partent des mêmes poids et voient les mêmes lots dans le même ordre : les comparaisons se font par paires.`,
  replicatesApart: (o) =>
    fr`Chaque modèle est entraîné ${o.count} fois (${o.names}). Pour une même graine, les modèles de mêmes couches partent des mêmes poids, et ceux qui ont les mêmes lots les voient dans le même ordre : les comparaisons se font par paires.`,
  oneReplicate: plain(
    "Chaque modèle n'est entraîné qu'une fois : les résultats ne disent pas quelle part y prennent le hasard de l'initialisation et l'ordre des lots.",
  ),
  outside: (o) =>
    fr`Les prédictions de ${o.model} viennent d'ailleurs : du fichier ${o.file}, dont l'empreinte SHA-256 est ${o.sha256}. Elles sont évaluées sur les mêmes images de test et comparées comme les autres ; la façon dont elles ont été obtenues n'est pas recalculée.`,
  training: (o) =>
    fr`L'entraînement dure au plus ${o.epochs} ${
      o.epochs === "1" ? "époque" : "époques"
    }${o.batches} et s'arrête lorsque ${o.watched} ne s'est pas améliorée depuis ${o.patience} ${
      o.patience === "1" ? "époque" : "époques"
    }${o.kept}.`,
  batches: (batch) => fr`, par lots (*mini-batches*) de ${batch} images,`,
  allAtOnce: plain(", toutes les images d'entraînement à chaque itération,"),
  watched: {
    validationLoss: "la perte de validation",
    validationAccuracy: plain("l'exactitude de validation"),
    mixed: plain("la valeur surveillée, perte ou exactitude de validation,"),
  },
  keptBest: plain(" ; les poids de la meilleure époque sont conservés"),
  augmentation: (o) =>
    fr`L'augmentation tire ${o.after} images d'entraînement de ${o.before} ; les images de validation et de test restent inchangées.`,
  exact: plain(
    "Tous les calculs suivent un même ordre d'opérations en virgule flottante : refaits, sur une autre machine ou avec un autre nombre de fils d'exécution, ils donnent les mêmes bits.",
  ),
  gpu: plain(
    "L'entraînement et l'évaluation ont tourné sur WebGPU, dont les adaptateurs arrondissent différemment : refaits sur le même adaptateur, ils donnent les mêmes bits ; sur un autre, les derniers chiffres diffèrent, et `verify` compare les nombres avec une tolérance.",
  ),
};

export const limits: typeof english.limits = {
  oneDataset: (title) =>
    fr`Un seul jeu de données, ${title} : rien ici ne dit jusqu'où les écarts valent pour d'autres images.`,
  oneSplit: plain(
    "Une seule partition : les intervalles tiennent compte du tirage des images de test, non de celui des images d'entraînement.",
  ),
  grouped: plain(
    "Les images d'un même groupe se ressemblent, mais les intervalles et les tests tiennent les images de test pour indépendantes : s'agissant de groupes jamais vus, les intervalles sont trop étroits et les valeurs p trop petites, d'autant plus que le test compte peu de groupes.",
  ),
  frozen: plain(
    "La représentation est figée et seule une tête linéaire est entraînée : les conclusions portent sur ce cadre, non sur l'entraînement de réseaux entiers.",
  ),
  frozenHead: plain(
    "La représentation est figée et seule la tête est entraînée : les conclusions portent sur ce cadre, non sur l'entraînement de réseaux entiers.",
  ),
  atEdge: (models) =>
    fr`La valeur retenue pour ${models} est la plus petite ou la plus grande essayée : une recherche plus large ferait peut-être mieux.`,
  smallTest: (o) =>
    fr`Avec ${o.images} images de test, un écart d'exactitude inférieur à ${o.difference} points passerait souvent inaperçu.`,
  pretrained: plain(
    "Certaines images ont pu être vues lors du pré-entraînement de la représentation.",
  ),
  few: (count) =>
    fr`Il n'y a que ${count} répétitions : leur dispersion n'est connue que grossièrement.`,
};

export const provenance: typeof english.provenance = {
  intro:
    fr`Chaque nombre de cette note vient d'un artefact que les commandes ci-dessous recalculent. L'empreinte de chaque artefact est dans ${
      code("lock.json")
    }, à la racine du projet.`,
  tools: (deno) =>
    fr`Les commandes apportent ce qui calcule, dans une seule version : Deno ${deno} et les paquets npm de ${
      code("deno.lock")
    }. Elles s'exécutent sous Linux et macOS, sur x86-64 et arm64.`,
  recompute: "Recalculer et comparer",
  files: "Fichiers du jeu de données",
  file: "Fichier",
  size: "Taille (octets)",
  checksum: "SHA-256",
  filesCaption: plain("Fichiers dont est tiré le jeu de données."),
  filesFirst: (shown, all) =>
    fr`Fichiers dont est tiré le jeu de données : les ${shown} premiers sur ${all} ; le fichier CSV les donne tous.`,
  params: "Paramètres",
  paramsIntro: plain(
    "Tels que résolus, valeurs par défaut comprises ; une valeur propre à un modèle figure sous son nom, et une liste est essayée ou répétée valeur par valeur.",
  ),
  cost: "Temps",
  measured: plain(
    "La durée de chaque calcul et la machine employée sont conservées avec les enregistrements de l'exécution ; les temps ne font pas partie de ce qui est vérifié.",
  ),
};
