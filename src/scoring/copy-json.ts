import type { SpecReader } from "../errors/spec";

/** Deeper than what this library writes. */
const MAX_DEPTH = 1_200;

/** Copies a part of a saved form that is kept without being read: any JSON. A field called `__proto__` is left out. */
export function copyJson(reader: SpecReader, name: string): unknown {
  const copy = (value: unknown, depth: number): unknown => {
    if (value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) return value;
    if (typeof value !== "object" || depth > MAX_DEPTH) throw reader.refuse(name, "JSON");
    if (Array.isArray(value)) return Array.from(value, (item) => copy(item, depth + 1));
    const fields = Object.entries(value).filter(([field]) => field !== "__proto__");
    return Object.fromEntries(fields.map(([field, item]) => [field, copy(item, depth + 1)]));
  };
  return copy(reader.list(name), 0);
}
