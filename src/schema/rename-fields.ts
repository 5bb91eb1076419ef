import * as z from "zod";
import { checkDistinct, checkObject, unknownColumn } from "../errors/check";
import { describeValue } from "../errors/describe";
import { ClienteleError } from "../errors/error";

/** A schema's fields under their new names; those that `Names` does not mention keep theirs. */
export type RenamedShape<Shape extends z.core.$ZodShape, Names> = {
  [Field in keyof Shape as Field extends keyof Names ? (Names[Field] extends string ? Names[Field] : Field) : Field]: Shape[Field];
};

/**
 * The same rules for records whose fields have other names: a company's own words, in any language.
 *
 * Records are not translated: the result of a validation has the record's own field names, and so have its issues.
 * Everything else of the schema stays (whether unknown fields are kept, refused or left out).
 *
 * @param names - the new name for each field that has another one
 * @throws ClienteleError `unknownColumn` for a field that the schema does not have, `duplicateKey` when two fields would have one name,
 * `unsupported` for a schema with rules across fields (`refine`): these know the old names, so rename first and refine then.
 * @example
 * ```ts
 * import { renameFields, transactionSchema, validateRecords } from "clientele/schema";
 *
 * const schema = renameFields(transactionSchema, { customerId: "kundennummer", timestamp: "datum", amount: "betrag" });
 * const { valid, issues } = validateRecords([{ kundennummer: "k1", datum: "2024-03-01", betrag: 20 }, { kundennummer: "k2", datum: "2024-03-02" }], schema);
 * console.log(valid[0]?.betrag); // 20
 * console.log(issues[0]?.field, issues[0]?.rule); // "betrag" "missing"
 * ```
 */
export function renameFields<
  Shape extends z.core.$ZodShape,
  Config extends z.core.$ZodObjectConfig,
  const Names extends { readonly [Field in keyof Shape]?: string | undefined },
>(
  schema: z.ZodObject<Shape, Config>,
  names: Names & Readonly<Record<Exclude<keyof Names, keyof Shape>, never>>,
): z.ZodObject<RenamedShape<Shape, Names>, Config> {
  const caller = "renameFields";
  if (!(schema instanceof z.ZodObject)) {
    throw new ClienteleError("invalidInput", `schema must be a zod object schema; got ${describeValue(schema)}`, { caller, parameter: "schema" });
  }
  checkObject(caller, "names", names);
  const { def } = schema;
  if (def.checks !== undefined && def.checks.length > 0) {
    throw new ClienteleError("unsupported", "a schema with rules across fields (refine) knows the old names: rename first, refine then", {
      caller,
      parameter: "schema",
    });
  }
  const newNames = new Map(Object.entries(names));
  for (const [field, name] of newNames) {
    if (!Object.hasOwn(def.shape, field)) throw unknownColumn(caller, "names", field, Object.keys(def.shape));
    if (name !== undefined && (typeof name !== "string" || name === "__proto__")) {
      const rule = 'a text other than "__proto__"';
      throw new ClienteleError("invalidInput", `the name of ${JSON.stringify(field)} must be ${rule}; got ${describeValue(name)}`, {
        caller,
        parameter: "names",
        column: field,
        rule,
      });
    }
  }
  const fields = Object.entries(def.shape).map(([field, rule]) => [newNames.get(field) ?? field, rule] as const);
  checkDistinct(caller, "the renamed fields", fields.map(([name]) => name));
  const renamed = new z.ZodObject({ ...def, shape: Object.fromEntries(fields) });
  // The shape was built name by name: that it is the mapped type is beyond what inference can follow.
  return renamed as unknown as z.ZodObject<RenamedShape<Shape, Names>, Config>;
}
