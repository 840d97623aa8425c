import { windowsAlong } from "../../window.ts";
import { imageOf } from "./checks.ts";
import { type Layer, type ShapedLayer, shapedLayer } from "./layer.ts";
import { square } from "./square.ts";
import type { Window } from "../../window.ts";

/** Options of a pooling layer. */
export interface PoolingOptions {
  /** Side of the square window. */
  size: number;
  /** Rows and columns from one place to the next. Default: the window's side. */
  stride?: number;
  /** Rows and columns beyond the image, at most half the window's side. Default: 0. */
  padding?: number;
}

/** A layer that reduces each channel of images window by window. */
export function pooling(
  kind: "max" | "average",
  { size, stride = size, padding = 0 }: PoolingOptions,
  passes: (window: Window) => Pick<ShapedLayer, "forward" | "backward">,
): Layer {
  const name = `${kind} pooling ${size}×${size}`;
  const window = square(name, { size, stride, padding });
  if (2 * padding > size) {
    throw new RangeError(
      `Cannot describe layer ${name} as padding must be at most half its size: current value is ${padding}`,
    );
  }
  return {
    name,
    form: { kind: `${kind}Pooling`, window },
    shaped(extent) {
      const [height, width, channels] = imageOf(extent);
      return shapedLayer({
        output: { shape: [...windowsAlong([height, width], window), channels] },
        ...passes(window),
      });
    },
  };
}
