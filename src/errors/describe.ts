/**
 * Says what a refused value is without repeating a customer's data:
 * numbers, booleans and missing values are shown, text is described by its length.
 */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "boolean":
    case "undefined":
      return String(value);
    case "string":
      return value === "" ? "an empty text" : `a text of ${value.length} characters`;
    case "bigint":
      return "a bigint";
    case "function":
      return "a function";
    case "symbol":
      return "a symbol";
    default:
      if (Array.isArray(value)) return `an array of length ${value.length}`;
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : "a Date";
      if (ArrayBuffer.isView(value)) return "a typed array";
      return "an object";
  }
}

/** An option's value comes from the programmer, not from a customer, so its text is shown (shortened). */
export function describeOption(value: unknown): string {
  if (typeof value !== "string") return describeValue(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
}

/**
 * The name of a feature without the level of a one-hot column, which is a customer's text: `plan=…` for `plan=pro`.
 * A level may hold an equals sign itself, so everything after the first one goes.
 */
export function describeFeature(name: string): string {
  const end = name.indexOf("=");
  return end < 0 ? name : `${name.slice(0, end)}=…`;
}

/** A list of names for a message: the first five, then how many more there are. */
export function describeNames(names: Iterable<string>): string {
  const all = [...names];
  const shown = all.slice(0, 5).map((name) => JSON.stringify(name)).join(", ");
  return all.length > 5 ? `${shown} and ${all.length - 5} more` : shown;
}

/** The candidate nearest to a misspelt name, if one is near enough to be meant. */
export function suggestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance, one row of the table at a time. */
function editDistance(a: string, b: string): number {
  const row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0]!;
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]!;
      row[j] = a[i - 1] === b[j - 1] ? diagonal : 1 + Math.min(diagonal, above, row[j - 1]!);
      diagonal = above;
    }
  }
  return row[b.length]!;
}
