/**
 * A small JSON Schema checker: the keywords that this project's schemas use, and no others.
 *
 * @module
 */
import type { JsonSchema } from "../json_schema.ts";

/** Whether a value fits a schema; references lead to parts of the `root`. */
export function fits(value: unknown, schema: JsonSchema, root = schema): boolean {
  const within = (part: unknown, wanted: JsonSchema) => fits(part, wanted, root);
  return Object.entries(schema).every(([keyword, wanted]) => {
    const check = KEYWORDS[keyword];
    if (check === undefined) throw new RangeError(`Cannot check the keyword ${keyword}`);
    return check(value, wanted as never, schema, within, root);
  });
}

type Check = (
  value: unknown,
  wanted: never,
  schema: JsonSchema,
  fits: (value: unknown, schema: JsonSchema) => boolean,
  root: JsonSchema,
) => boolean;

const always: Check = () => true;
const onNumber = (test: (value: number, limit: number) => boolean): Check => (value, limit) =>
  typeof value !== "number" || test(value, limit);

const KEYWORDS: Readonly<Record<string, Check>> = {
  $schema: always,
  $defs: always,
  title: always,
  description: always,
  default: always,
  $ref: (value, path: string, _schema, fits, root) =>
    fits(value, path.split("/").slice(1).reduce((at, key) => at[key] as JsonSchema, root)),
  type: (value, wanted: string | string[]) => [wanted].flat().some((type) => isOf(value, type)),
  enum: (value, wanted: unknown[]) => wanted.includes(value),
  const: (value, wanted: unknown) => value === wanted,
  minimum: onNumber((value, limit) => value >= limit),
  maximum: onNumber((value, limit) => value <= limit),
  exclusiveMinimum: onNumber((value, limit) => value > limit),
  exclusiveMaximum: onNumber((value, limit) => value < limit),
  minLength: (value, least: number) => typeof value !== "string" || value.length >= least,
  pattern: (value, pattern: string) =>
    typeof value !== "string" || new RegExp(pattern, "u").test(value),
  minItems: (value, least: number) => !Array.isArray(value) || value.length >= least,
  maxItems: (value, most: number) => !Array.isArray(value) || value.length <= most,
  uniqueItems: (value) => !Array.isArray(value) || new Set(value).size === value.length,
  prefixItems: (value, items: JsonSchema[], _, fits) =>
    !Array.isArray(value) || items.every((item, i) => i >= value.length || fits(value[i], item)),
  items: (value, item: JsonSchema, _, fits) =>
    !Array.isArray(value) || value.every((own) => fits(own, item)),
  anyOf: (value, options: JsonSchema[], _, fits) => options.some((option) => fits(value, option)),
  oneOf: (value, options: JsonSchema[], _, fits) =>
    options.filter((option) => fits(value, option)).length === 1,
  allOf: (value, options: JsonSchema[], _, fits) => options.every((option) => fits(value, option)),
  required: (value, keys: string[]) =>
    !isMap(value) || keys.every((key) => Object.hasOwn(value, key)),
  properties: (value, properties: Record<string, JsonSchema>, _, fits) =>
    !isMap(value) ||
    Object.entries(value).every(([key, own]) =>
      !Object.hasOwn(properties, key) || fits(own, properties[key])
    ),
  propertyNames: (value, names: JsonSchema, _, fits) =>
    !isMap(value) || Object.keys(value).every((key) => fits(key, names)),
  additionalProperties: (value, wanted: JsonSchema | boolean, { properties = {} }, fits) =>
    !isMap(value) ||
    Object.entries(value).every(([key, own]) =>
      Object.hasOwn(properties as object, key) || wanted === true ||
      (wanted !== false && fits(own, wanted))
    ),
};

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOf(value: unknown, type: string): boolean {
  if (type === "object") return isMap(value);
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  if (type === "integer") return Number.isInteger(value);
  const own: string = typeof value;
  return own === type;
}
