/** What is told about embeddings: the artifact `embedReport`. */
export interface EmbedReport {
  method: string;
  /** Number of features. */
  dimension: number;
  /** Number of images. */
  images: number;
  /** As the step got them, the method among them. */
  params: { method: string } & Record<string, unknown>;
  /** Features that are zero for every image. */
  deadFeatures: number;
  /** Mean Euclidean length of an image's features. */
  meanNorm: number;
}
