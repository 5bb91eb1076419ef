import * as z from "zod";
import { idSchema, textSchema, timestampSchema } from "./fields";

/**
 * One contact with a customer: who (`customerId`), when (`timestamp`) and by what way (`channel`: email, phone, chat, visit …)
 * are required, everything else may be absent (no field, `undefined` or `null`).
 *
 * Fields that are not named here are kept as they are. Add fields with `interactionSchema.extend({ … })`;
 * for records with other field names see {@link renameFields}.
 *
 * @example
 * ```ts
 * import { interactionSchema, validateRecords } from "clientele/schema";
 *
 * const { valid } = validateRecords(
 *   [{ customerId: 7, timestamp: "2024-03-01T09:30:00Z", channel: "phone", direction: "inbound", kind: "complaint" }],
 *   interactionSchema,
 * );
 * console.log(valid[0]?.direction, valid[0]?.kind); // "inbound" "complaint"
 * ```
 */
export const interactionSchema = /* @__PURE__ */ (() =>
  z.looseObject({
    customerId: idSchema,
    timestamp: timestampSchema,
    channel: textSchema,
    interactionId: idSchema.nullish(),
    /** What it was about: support, complaint, campaign, cancellation … */
    kind: textSchema.nullish(),
    /** Inbound when the customer came to us. */
    direction: z.enum(["inbound", "outbound"]).nullish(),
    outcome: textSchema.nullish(),
    subject: textSchema.nullish(),
    campaign: textSchema.nullish(),
    agent: textSchema.nullish(),
    durationSeconds: z.number().nonnegative().nullish(),
    /** The customer's rating, on the scale that the company uses. */
    satisfaction: z.number().nullish(),
  }))();

/** An interaction as {@link interactionSchema} gives it: times are `Date`s. */
export type Interaction = z.output<typeof interactionSchema>;

/** An interaction as {@link interactionSchema} takes it. */
export type InteractionInput = z.input<typeof interactionSchema>;
