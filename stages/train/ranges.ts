import { z } from "zod";

/** What a number's check says: where it must lie, and the value. */
export function between(minimum: number, maximum: number, what = "a number") {
  return {
    error: ({ input }: { input?: unknown }) =>
      `expected ${what} in [${minimum}, ${maximum}], found ${JSON.stringify(input)}`,
  };
}

/** A whole number from 1 up. */
export function count(maximum: number): z.ZodInt {
  return z.int().min(1, between(1, maximum)).max(maximum, between(1, maximum));
}

/** What stands where a name should, for a message: that of a map is its `kind`. */
export function nameOf(input: unknown): string {
  const isMap = typeof input === "object" && input !== null;
  return JSON.stringify(isMap && "kind" in input ? input.kind : input) ?? "nothing";
}
