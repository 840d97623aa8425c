/** A function's value and gradient at a point, all in binary64. */
export interface Valued {
  point: Float64Array;
  value: number;
  gradient: Float64Array;
}

/** A function with its gradient. It may round the point; what it gives is of the rounded one. */
export type Objective = (point: Float64Array) => Promise<Valued>;
