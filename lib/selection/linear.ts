/** Trained weights of a linear model: readable features by name, wording by hashed n-grams. */
export interface LinearModel {
  readonly bias: number;
  readonly features: Readonly<Record<string, number>>;
  readonly wording: {
    /** int8 weights, base64; a power of two of them. */
    readonly weights: string;
    /** Value of one step of a weight. */
    readonly step: number;
  };
}
