/**
 * The JSON Schema of study files, for editors to complete and check while one writes.
 *
 * @module
 */
import { z } from "zod";
import type { AnyStage } from "../stage.ts";
import { DISTRIBUTIONS } from "./distribution.ts";
import { MAX_DRAWS, randomSchema } from "./joint_search.ts";
import { refineSchema } from "./refinement.ts";
import { NAME, studySchema } from "./schema.ts";
import { VARIATIONS } from "./tree.ts";

/** A JSON Schema (draft 2020-12) as plain JSON. */
export interface JsonSchema {
  [keyword: string]: unknown;
}

/**
 * The JSON Schema of a study with these stages. Each parameter may also be swept or tuned where it
 * stands, several of a section together below its `tune`, and each model of `models` may lay part
 * of any section over the study's.
 *
 * The schema is for completion: it allows what the study reader still refuses, such as a tuned
 * seed.
 */
export function studyJsonSchema(stages: readonly AnyStage[]): JsonSchema {
  const own = toJson(studySchema);
  const properties = own.properties as Record<string, JsonSchema>;
  const sections: Record<string, JsonSchema> = {};
  const parts: Record<string, JsonSchema> = {};
  const required = ["format", "title"];
  for (const { name, section } of stages) {
    const json = withShortForms(toJson(section));
    const isOptional = section.safeParse(undefined).success || section.safeParse({}).success;
    if (!isOptional) required.push(name);
    const names = shorthands(section, json);
    sections[name] = withNames(withSearch(vary(isOptional ? loosened(json) : json, false)), names);
    const part = withNames(withSearch(vary(json, true)), names);
    const isSame = JSON.stringify(part) === JSON.stringify(sections[name]);
    parts[name] = isSame ? { $ref: `#/properties/${name}` } : part;
  }
  const model = {
    type: ["object", "null"],
    description: "A named point: what it writes is laid over the study's sections.",
    properties: { title: { ...properties.title, description: "Title of the model." }, ...parts },
    additionalProperties: false,
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Study",
    type: "object",
    properties: {
      ...properties,
      ...sections,
      models: {
        type: "object",
        description: properties.models.description,
        propertyNames: { pattern: NAME.source },
        additionalProperties: model,
      },
    },
    required,
    additionalProperties: false,
    $defs: { search: searchSchema(), refine: refinementSchema() },
  };
}

/** The joint search of a section: listed points, or random draws. */
function searchSchema(): JsonSchema {
  const value = { type: ["string", "number", "boolean"] };
  const point = { type: "object", additionalProperties: value };
  const { properties } = toJson(randomSchema);
  const random = { type: "object", properties, additionalProperties: false };
  const pair = { type: "array", items: { type: "number" }, minItems: 2, maxItems: 2 };
  const choice = { type: "array", items: value, minItems: 2, uniqueItems: true };
  const from = {
    type: ["object", "null"],
    properties: Object.fromEntries(
      DISTRIBUTIONS.map((name) => [name, name === "choice" ? choice : pair]),
    ),
    additionalProperties: false,
  };
  return {
    description: "Tries several parameters of the section together, listed or drawn at random.",
    anyOf: [
      {
        type: "object",
        properties: { points: { type: "array", items: point, minItems: 1, maxItems: MAX_DRAWS } },
        required: ["points"],
        additionalProperties: false,
      },
      {
        type: "object",
        properties: {
          random: {
            description:
              "How often, and by which seed, points are drawn; a number is that of draws.",
            anyOf: [{ type: "integer", minimum: 1, maximum: MAX_DRAWS }, random],
          },
        },
        additionalProperties: from,
      },
    ],
  };
}

/** What may stand beside a tuned number's list. */
function refinementSchema(): JsonSchema {
  const { properties } = toJson(refineSchema);
  const { description: _, default: __, ...rounds } =
    (properties as Record<string, JsonSchema>).rounds;
  return {
    description: "After the grid, further rounds between the best value and its neighbours.",
    anyOf: [rounds, { type: "object", properties, additionalProperties: false }],
  };
}

/** A section of named parameters may search several of them together. */
function withSearch(schema: JsonSchema): JsonSchema {
  if (!isSchema(schema.properties)) return schema;
  return { ...schema, properties: { ...schema.properties, tune: { $ref: "#/$defs/search" } } };
}

function toJson(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  if ("$defs" in json) {
    throw new TypeError("Cannot write the JSON Schema of a section that refers to itself");
  }
  return json as JsonSchema;
}

/** The alternatives of a schema, or the schema as the only one. */
function alternatives(schema: JsonSchema): JsonSchema[] {
  return (schema.oneOf ?? schema.anyOf ?? [schema]) as JsonSchema[];
}

/** A section that needs no key of its own: zod reports one that is filled in beforehand. */
function loosened(schema: JsonSchema): JsonSchema {
  const { required: _, ...result } = schema;
  for (const keyword of ["oneOf", "anyOf"]) {
    const options = result[keyword];
    if (Array.isArray(options)) result[keyword] = options.map(({ required: _, ...rest }) => rest);
  }
  return result;
}

/** Names that stand for a whole section, as in `data: letterforms`. */
function shorthands(section: z.ZodType, schema: JsonSchema): string[] {
  const names = alternatives(schema).flatMap(({ properties = {} }) =>
    Object.values(properties as Record<string, JsonSchema>)
      .flatMap((property) => [property.const, ...(property.enum as unknown[] ?? [])])
  );
  return [...new Set(names)].filter((name): name is string =>
    typeof name === "string" && section.safeParse(name).success
  );
}

/** The schema of a section, each of its keys that a name may stand for taking that name too. */
function withShortForms(schema: JsonSchema): JsonSchema {
  if (!isSchema(schema.properties)) return schema;
  const properties = Object.entries(schema.properties as Record<string, JsonSchema>)
    .map(([key, value]) => [key, withShortForm(value)]);
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** Alternatives told apart by a name, where a name alone is the default: any other may stand there. */
function withShortForm(schema: JsonSchema): JsonSchema {
  if (typeof schema.default !== "string") return schema;
  const names = alternatives(schema).flatMap(({ properties = {} }) =>
    Object.values(properties as Record<string, JsonSchema>).flatMap((property) =>
      typeof property.const === "string" ? [property.const] : []
    )
  );
  return withNames(loosened(schema), names);
}

function withNames(schema: JsonSchema, names: readonly string[]): JsonSchema {
  if (names.length === 0) return schema;
  const { description, default: byDefault, ...rest } = schema;
  return {
    ...(description === undefined ? {} : { description }),
    ...(byDefault === undefined ? {} : { default: byDefault }),
    anyOf: [{ type: "string", enum: names }, ...alternatives(rest)],
  };
}

/**
 * The schema with sweeps and tunes allowed for each named single value, and unknown keys refused.
 *
 * @param isPart Whether it stands for a part of a section: then its maps require nothing.
 */
function vary(schema: JsonSchema, isPart: boolean): JsonSchema {
  const result: JsonSchema = { ...schema };
  if (isPart) delete result.required;
  for (const keyword of ["anyOf", "oneOf", "allOf"]) {
    if (!Array.isArray(result[keyword])) continue;
    const options = (result[keyword] as JsonSchema[]).map((option) => vary(option, isPart));
    // A swept discriminator fits every alternative.
    if (keyword === "oneOf") delete result.oneOf;
    result[keyword === "oneOf" ? "anyOf" : keyword] = options;
  }
  if (result.properties !== undefined) {
    result.properties = Object.fromEntries(
      Object.entries(result.properties as Record<string, JsonSchema>)
        .map(([key, value]) => [key, varyValue(value, isPart)]),
    );
    result.additionalProperties ??= false;
  } else if (isSchema(result.additionalProperties)) {
    result.additionalProperties = varyValue(result.additionalProperties, isPart);
  }
  // A list replaces the one below it, so its items are whole.
  if (isSchema(result.items)) result.items = vary(result.items, false);
  return result;
}

/** A named value: a single one may also be varied. */
function varyValue(schema: JsonSchema, isPart: boolean): JsonSchema {
  if (!isSingle(schema)) {
    const result = vary(schema, isPart);
    // A name, or a number, that stands for a map or a list may be varied as any other.
    const singles = (schema.anyOf as JsonSchema[] | undefined)?.filter(isSingle) ?? [];
    if (singles.length === 0) return result;
    return { ...result, anyOf: [...result.anyOf as JsonSchema[], ...singles.flatMap(variations)] };
  }
  const { description, default: byDefault, ...value } = schema;
  return {
    ...(description === undefined ? {} : { description }),
    ...(byDefault === undefined ? {} : { default: byDefault }),
    anyOf: [value, ...variations(value)],
  };
}

/** `{sweep: […]}` and `{tune: […]}` over single values. */
function variations(value: JsonSchema): JsonSchema[] {
  // What tells alternatives apart has one value in each, but is swept over several.
  const items = value.const === undefined ? value : { type: value.type };
  return VARIATIONS.map((how) => {
    const list = { type: "array", items, minItems: 1, uniqueItems: true };
    const isRefined = how === "tune" && isNumber(value);
    return {
      type: "object",
      properties: { [how]: list, ...(isRefined ? { refine: { $ref: "#/$defs/refine" } } : {}) },
      required: [how],
      additionalProperties: false,
    };
  });
}

function isNumber({ type, anyOf, oneOf }: JsonSchema): boolean {
  const options = (anyOf ?? oneOf ?? []) as JsonSchema[];
  return [type].flat().includes("number") || options.some(isNumber);
}

function isSingle(schema: JsonSchema): boolean {
  if (schema.enum !== undefined || schema.const !== undefined) return true;
  const options = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(options)) {
    return options.every((option) => isSchema(option) && isSingle(option));
  }
  const types = [schema.type].flat();
  return types.every((type) => typeof type === "string" && SINGLE_TYPES.has(type));
}

const SINGLE_TYPES: ReadonlySet<string> = new Set([
  "string",
  "number",
  "integer",
  "boolean",
  "null",
]);

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
