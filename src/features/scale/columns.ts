import type { SpecReader } from "../../errors/spec";

/** The columns of a fit: distinct names. */
export function readFeatureNames(reader: SpecReader): string[] {
  const names = reader.texts("featureNames");
  if (new Set(names).size !== names.length) throw reader.refuse("featureNames", "distinct names");
  return names;
}

/** Names of some of the columns. */
export function readNamesAmong(reader: SpecReader, field: string, featureNames: readonly string[]): string[] {
  const names = reader.texts(field);
  if (names.some((name) => !featureNames.includes(name))) throw reader.refuse(field, "names out of featureNames");
  return names;
}
