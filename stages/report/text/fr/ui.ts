import type { Text } from "../../rich.ts";
import { fr, plain } from "../typography.ts";
import type * as english from "../en/ui.ts";

export const ui: typeof english.ui = {
  kind: "Note méthodologique",
  contents: "Sommaire",
  skip: "Aller au contenu",
  formula: "Formule",
  code: "Code",
  colon: plain(" : "),
  and: " et ",
  typeset: plain,
  valueSeparator: plain(" ; "),
  table: (number) => plain(`Tableau ${number}.`),
  figure: (number) => plain(`Figure ${number}.`),
  interval: (low, high) => plain(`[${low} ; ${high}]`),
  mean: "Moyenne",
  total: "Total",
  minimum: "Minimum",
  maximum: "Maximum",
  model: "Modèle",
  replicate: "Répétition",
  class: "Classe",
  partition: { train: "Entraînement", validation: "Validation", test: "Test" },
  partitions: { train: "entraînement", validation: "validation", test: "test" },
  none: "aucun",
};

export const titles: typeof english.titles = {
  question: "Question",
  dataset: "Jeu de données",
  concepts: "Concepts",
  method: "Méthode et prévention des fuites",
  metrics: "Métriques et tests",
  tuning: "Réglage des hyperparamètres",
  results: "Résultats",
  interpretability: plain("Interprétabilité"),
  claims: "Affirmations et verdicts",
  conclusions: "Conclusions",
  limits: "Limites",
  provenance: "Provenance",
  references: "Références",
};

export const summary: typeof english.summary = {
  title: "En bref",
  description: (title) =>
    plain(
      `Note méthodologique avec ses données, sa méthode, ses résultats et ses verdicts : ${title}`,
    ),
  best: "Meilleure exactitude sur le test",
  bestValue: (
    o: { model: Text; value: Text; interval: Text; level: Text; images: Text; replicates: Text },
  ) =>
    fr`**${o.value}** avec ${o.model}, intervalle à ${o.level} ${o.interval}, sur ${o.images} images de test (${o.replicates})`,
  replicates: (count) => count === "1" ? "une seule exécution" : `moyenne de ${count} exécutions`,
  data: "Données",
  dataValue: (o) => fr`${o.title}, ${o.images} images en ${o.classes} classes`,
  compared: "Modèles comparés",
  verdicts: "Affirmations",
  verdictsValue: (held, total) => fr`**${held}** sur ${total} sont vérifiées`,
};
