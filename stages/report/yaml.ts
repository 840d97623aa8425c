/**
 * Plain values as YAML, for readers: sorted as given, lists of plain values on one line.
 *
 * @module
 */

/** Writes a value of objects, arrays, texts, numbers, booleans and null. */
export function toYaml(value: unknown): string {
  return lines(value).join("\n") + "\n";
}

function lines(value: unknown): string[] {
  if (isPlain(value)) return [scalar(value)];
  if (Array.isArray(value)) {
    if (value.every(isPlain)) return [`[${value.map(scalar).join(", ")}]`];
    return value.flatMap((item) => {
      const [first, ...rest] = lines(item);
      return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
    });
  }
  const entries = Object.entries(value as object).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return ["{}"];
  return entries.flatMap(([key, item]) => {
    const inner = lines(item);
    const head = `${scalar(key)}:`;
    return isInline(item, inner)
      ? [`${head} ${inner[0]}`]
      : [head, ...inner.map((line) => `  ${line}`)];
  });
}

function isInline(value: unknown, inner: readonly string[]): boolean {
  return isPlain(value) || (inner.length === 1 && /^[[{]/.test(inner[0]));
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value !== "object";
}

/** JSON is YAML; names and simple words need no quotes. */
function scalar(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value) ?? "null";
  const word = /^[A-Za-zÀ-ÿ][\wÀ-ÿ.-]*$/.test(value);
  return word && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value);
}
