import assert from "node:assert/strict";
import fc from "fast-check";
import { formatNumber, type NumberFormat } from "./numbers.ts";

Deno.test("formatNumber() writes each format in both languages", () => {
  const cases: [number, NumberFormat, string, string][] = [
    [3000, "number", "3000", "3000"],
    [60000, "number", "60,000", "60 000"],
    [0.84312, "number", "0.8431", "0,8431"],
    [0.5, "number", "0.5", "0,5"],
    [-0.0625, "number", "−0.0625", "−0,0625"],
    [0.00001, "number", "10⁻⁵", "10⁻⁵"],
    [3.16e-5, "number", "3.16 × 10⁻⁵", "3,16 × 10⁻⁵"],
    [4.56789e-6, "number", "4.568 × 10⁻⁶", "4,568 × 10⁻⁶"],
    [12345.6, "number", "12,346", "12 346"],
    [2.5, "integer", "3", "3"],
    [0.845, "decimal", "0.84", "0,84"],
    [0.84312, "decimal3", "0.843", "0,843"],
    [0.84312, "percent", "84.3%", "84,3 %"],
    [0.8, "percent0", "80%", "80 %"],
    [0.0123, "points", "+1.2", "+1,2"],
    [-0.0123, "points", "−1.2", "−1,2"],
    [-0.00001, "points", "0.0", "0,0"],
    [0.00032, "scientific", "3.2 × 10⁻⁴", "3,2 × 10⁻⁴"],
    [1e9, "scientific", "10⁹", "10⁹"],
    [0, "scientific", "0", "0"],
    [0.0004, "pvalue", "< 0.001", "< 0,001"],
    [0.0312, "pvalue", "0.031", "0,031"],
    [NaN, "percent", "undefined", "non défini"],
    [-Infinity, "number", "−∞", "−∞"],
  ];
  for (const [value, format, en, fr] of cases) {
    const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");
    assert.equal(plain(formatNumber(value, format, "en")), en, `${value} as ${format} in English`);
    assert.equal(plain(formatNumber(value, format, "fr")), fr, `${value} as ${format} in French`);
  }
});

Deno.test("formatNumber() writes four significant digits, none lost and none too many", () => {
  const cases: [number, string][] = [
    [1230.4, "1230"],
    [2000.4, "2000"],
    [-1000.2, "−1000"],
    [999.96, "1000"],
    [9999.96, "10,000"],
    [100.02, "100"],
    [120.5, "120.5"],
  ];
  for (const [value, text] of cases) assert.equal(formatNumber(value, "number", "en"), text);
  const sizes = fc.double({ min: 1e-4, max: 9999.4, noNaN: true });
  fc.assert(fc.property(sizes, (value) => {
    const written = Number(formatNumber(value, "number", "en"));
    assert.ok(Math.abs(written - value) <= 5.001e-4 * value, `${value} as ${written}`);
  }));
});

Deno.test("formatNumber() uses no-break spaces alone", () => {
  for (const format of ["percent", "scientific", "pvalue", "number"] as const) {
    for (const value of [0.0001234, 123456]) {
      assert.doesNotMatch(formatNumber(value, format, "fr"), / /);
    }
  }
});
