import * as z from "zod";
import { currencySchema, idSchema, textSchema, timestampSchema } from "./fields";

/**
 * One line of the purchase history: who (`customerId`), when (`timestamp`) and how much (`amount`) are required,
 * everything else may be absent (no field, `undefined` or `null`).
 *
 * `amount` is the value of the line in major units of `currency` (12.5 is 12 euros 50), after discount; a refund is negative,
 * and so is the quantity of a return. Fields that are not named here are kept as they are.
 * Add fields with `transactionSchema.extend({ … })`; for records with other field names see {@link renameFields}.
 *
 * @example
 * ```ts
 * import { transactionSchema, validateRecords } from "clientele/schema";
 *
 * const { valid, issues } = validateRecords(
 *   [
 *     { customerId: "c1", timestamp: "2024-03-01", amount: 19.9 },
 *     { customerId: "c1", timestamp: "2024-02-30", amount: 19.9 },
 *   ],
 *   transactionSchema,
 * );
 * console.log(valid[0]?.timestamp.toISOString()); // "2024-03-01T00:00:00.000Z"
 * console.log(issues[0]?.row, issues[0]?.field, issues[0]?.rule); // 1 "timestamp" "timestamp"
 * ```
 */
export const transactionSchema = /* @__PURE__ */ (() =>
  z.looseObject({
    customerId: idSchema,
    timestamp: timestampSchema,
    amount: z.number(),
    currency: currencySchema.nullish(),
    orderId: idSchema.nullish(),
    productId: idSchema.nullish(),
    product: textSchema.nullish(),
    category: textSchema.nullish(),
    quantity: z.number().nullish(),
    unitPrice: z.number().nullish(),
    discount: z.number().nullish(),
    /** Where it was bought: web, shop, phone … */
    channel: textSchema.nullish(),
    store: textSchema.nullish(),
    paymentMethod: textSchema.nullish(),
    status: textSchema.nullish(),
  }))();

/** A transaction as {@link transactionSchema} gives it: times are `Date`s. */
export type Transaction = z.output<typeof transactionSchema>;

/** A transaction as {@link transactionSchema} takes it. */
export type TransactionInput = z.input<typeof transactionSchema>;
