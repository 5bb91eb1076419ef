import * as z from "zod";
import { calendarDateSchema, currencySchema, idSchema, textSchema, timestampSchema } from "./fields";

/**
 * A customer's profile, as a CRM holds it: `id` is required, everything else may be absent (no field, `undefined` or `null`).
 *
 * Fields that are not named here are kept as they are. Contact details are texts whose form is not checked: that is cleaning's work,
 * and no reason to lose a customer. `income` is per year, in major units of `currency`.
 * Add fields with `customerSchema.extend({ … })`; for records with other field names see {@link renameFields}.
 *
 * @example
 * ```ts
 * import { customerSchema, validateRecords } from "clientele/schema";
 *
 * const { valid, issues } = validateRecords([{ id: "c1", age: 34, plan: "pro" }, { id: "", age: 51 }], customerSchema);
 * console.log(valid); // [{ id: "c1", age: 34, plan: "pro" }]
 * console.log(issues[0]?.row, issues[0]?.field, issues[0]?.rule); // 1 "id" "id"
 * ```
 */
export const customerSchema = /* @__PURE__ */ (() =>
  z.looseObject({
    id: idSchema,
    name: textSchema.nullish(),
    company: textSchema.nullish(),
    email: textSchema.nullish(),
    phone: textSchema.nullish(),
    gender: textSchema.nullish(),
    /** In years. */
    age: z.number().nonnegative().nullish(),
    birthDate: calendarDateSchema.nullish(),
    income: z.number().nullish(),
    currency: currencySchema.nullish(),
    city: textSchema.nullish(),
    region: textSchema.nullish(),
    postalCode: textSchema.nullish(),
    country: textSchema.nullish(),
    language: textSchema.nullish(),
    /** Through what the customer was won. */
    acquisitionChannel: textSchema.nullish(),
    registeredAt: timestampSchema.nullish(),
    marketingConsent: z.boolean().nullish(),
  }))();

/** A customer as {@link customerSchema} gives it: times are `Date`s. */
export type Customer = z.output<typeof customerSchema>;

/** A customer as {@link customerSchema} takes it. */
export type CustomerInput = z.input<typeof customerSchema>;
