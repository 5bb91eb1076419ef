/**
 * What a CRM holds, as schemas: customers, transactions, interactions; and the sorting of records into valid and rejected.
 *
 * @module schema
 */
export { customerSchema, type Customer, type CustomerInput } from "./customer";
export { draftSchema, type DraftedSchema, type DraftSchemaOptions } from "./draft-schema";
export { calendarDateSchema, currencySchema, idSchema, textSchema, timestampSchema } from "./fields";
export { interactionSchema, type Interaction, type InteractionInput } from "./interaction";
export type { IssueCount, MessageSource, RecordIssue } from "./record-issues";
export { renameFields, type RenamedShape } from "./rename-fields";
export type { StandardIssue, StandardResult, StandardSchema } from "./standard-schema";
export { transactionSchema, type Transaction, type TransactionInput } from "./transaction";
export {
  validateRecords,
  validateRecordsSteps,
  type RejectedRecord,
  type ValidatedRecords,
  type ValidateRecordsOptions,
  type ValidationSummary,
} from "./validate-records";
