/** The weight decay that is chosen for each class, for its row of the last layer. */
export interface ClassDecays {
  /** That of the candidate which is chosen for all classes together. */
  single: number;
  /**
   * The weight decays that were compared, ascending: of the candidates that share all other values
   * with the chosen one.
   */
  tried: number[];
  classes: ClassDecay[];
}

/** What was chosen for one class, and by what. */
export interface ClassDecay {
  /** Name of the class. */
  class: string;
  weightDecay: number;
  /**
   * Validation loss of the class's images under each weight decay that was compared: at the kept
   * epoch, mean over replicates; `null` where a replicate has no such image.
   */
  losses: (number | null)[];
}
