/** A text in the languages of notes. */
export interface Translated {
  en: string;
  fr: string;
}

/** What a note tells about a data set: the `dataset` port. */
export interface DatasetCard {
  /** As the study file names it: `letterforms`, `mnist`. */
  name: string;
  title: Translated;
  description: Translated;
  licence: string;
  /** Whom to cite; empty where there is nothing to cite. */
  citation: string;
  /** Where it is described. */
  url: string;
  /** Whether a note may show its images. */
  redistributable: boolean;
  /** Sets whose networks have seen these images: `ImageNet`. */
  pretrainedOn: string[];
  /** Number of images. */
  images: number;
  /** Number of classes. */
  classes: number;
  /** In pixels. */
  height: number;
  width: number;
  /** 1 for grey, 3 for RGB. */
  channels: 1 | 3;
  /** Number of groups; 0 where the set has none. */
  groups: number;
  /** Files that it was read from. */
  files: { name: string; sha256: string; size: number }[];
}
