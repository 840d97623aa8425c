import assert from "node:assert/strict";
import { encodeSafetensors } from "../../data/formats/safetensors.ts";
import { describeDifference, ulps } from "./differences.ts";

const text = (value: string) => new TextEncoder().encode(value);

function tensor(values: number[], shape: number[]) {
  return encodeSafetensors({
    weight: { dtype: "F32", shape, data: new Float32Array(values) },
  });
}

Deno.test("describeDifference() names line and column of a text", () => {
  assert.equal(
    describeDifference(text("a,b\n1,2.50\n"), text("a,b\n1,2.51\n")),
    'line 2, column 6: "1,2.50" → "1,2.51"',
  );
  assert.equal(describeDifference(text("a\n"), text("a\nb\n")), 'line 2, column 1: "" → "b"');
});

Deno.test("describeDifference() names array, index and ULPs of tensors", () => {
  assert.equal(
    describeDifference(tensor([1, 2, 3, 4], [2, 2]), tensor([1, 2, 3.0000002384185791, 4], [2, 2])),
    "array weight, index [1, 0]: 3 → 3.000000238418579 (1 ULPs)",
  );
  assert.match(
    describeDifference(tensor([1, 2], [2]), tensor([1, 2], [1, 2])),
    /F32 \[2\] → F32 \[1,2\]/,
  );
});

Deno.test("describeDifference() counts bytes where nothing else is known", () => {
  assert.equal(
    describeDifference(new Uint8Array([255, 1]), new Uint8Array([255, 2])),
    "byte 1: 1 → 2",
  );
});

Deno.test("ulps() counts across zero and knows both widths", () => {
  assert.equal(ulps(-1.401298464324817e-45, 1.401298464324817e-45, "F32"), "2");
  assert.equal(ulps(1, 1 + 2 ** -52, "F64"), "1");
  assert.equal(ulps(NaN, 1, "F64"), "∞");
});
