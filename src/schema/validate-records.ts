import { checkList, lengthOfList } from "../errors/check";
import { readOptions } from "../errors/options";
import { runToEnd, type Steps } from "../steps/steps";
import { enterSchemaIssues, enterThrown, enterUnreadable, IssueLedger, type IssueCount, type MessageSource, type RecordIssue } from "./record-issues";
import { checkerOf, type StandardSchema } from "./standard-schema";

/** Options of {@link validateRecords}. */
export interface ValidateRecordsOptions {
  /** List at most so many issues; the counts in the summary stay exact. @defaultValue all */
  readonly maxIssues?: number | undefined;
  /**
   * Whose words the issues' messages are: `"rule"` says what is asked for and repeats nothing of the record;
   * `"library"` takes the schema library's message, which may quote the customer's value. @defaultValue "rule"
   */
  readonly messages?: MessageSource | undefined;
}

const VALIDATE_RECORDS_OPTIONS = {
  maxIssues: { kind: "integer", min: 0 },
  messages: { kind: "oneOf", values: ["rule", "library"], default: "rule" },
} as const;

/** Stands for a record that the list does not give. */
const UNREADABLE = {} as const;

/** A record that broke at least one rule. */
export interface RejectedRecord {
  /** Position of the record, from 0. */
  readonly row: number;
  /** The caller's own object, untouched; undefined where reading it from the list throws. */
  readonly record: unknown;
}

/** Exact counts, whatever the limit on the list of issues. */
export interface ValidationSummary {
  /** Records in; always `validCount + rejectedCount`. */
  readonly rowCount: number;
  readonly validCount: number;
  readonly rejectedCount: number;
  /** All issues, listed or not. */
  readonly issueCount: number;
  /** By field and rule, the most frequent first. */
  readonly counts: readonly IssueCount[];
}

/** What {@link validateRecords} gives. */
export interface ValidatedRecords<Output> {
  /** The schema's output for each accepted record, in the order of the rows. */
  readonly valid: readonly Output[];
  /** The row of each of `valid`. */
  readonly validRows: Int32Array;
  readonly rejected: readonly RejectedRecord[];
  /** Every failure, rows ascending (the first `maxIssues` of them). */
  readonly issues: readonly RecordIssue[];
  readonly summary: ValidationSummary;
}

/** Work between two turns of the event loop, in valid records: about two milliseconds. */
const WORK_PER_SLICE = 1000;

/** What a rejected record costs, in valid ones: its issues have to be described. */
const REJECTED_WORK = 4;

/**
 * Sorts records into those that a schema accepts, in the schema's typed form, and those that it rejects, with every reason.
 *
 * The schema is one of this module, or any of a library that keeps to Standard Schema (zod, valibot, arktype …).
 * No record is changed, none gets lost, and one bad record stops nothing: a field whose getter throws and a schema that throws
 * are issues of that row. A field called `__proto__`, which schema libraries drop without a word, makes its record rejected.
 *
 * @throws ClienteleError `invalidInput` when `records` is no array or `schema` no Standard Schema, `asyncSchema` for a schema that answers with a promise.
 * @example
 * ```ts
 * import { customerSchema, validateRecords } from "clientele/schema";
 *
 * const records = [{ id: "c1", 年龄: 25 }, { 年龄: 30 }, { id: "c3", age: -1 }];
 * const { valid, rejected, issues, summary } = validateRecords(records, customerSchema);
 * console.log(valid); // [{ id: "c1", 年龄: 25 }]
 * console.log(rejected.map(({ row }) => row)); // [1, 2]
 * for (const { row, field, message } of issues) console.log(row, field, message); // 1 "id" "is missing" | 2 "age" "must be at least 0"
 * console.log(summary.rowCount, summary.validCount, summary.rejectedCount); // 3 1 2
 * ```
 */
export function validateRecords<Output>(
  records: readonly unknown[],
  schema: StandardSchema<Output>,
  options?: ValidateRecordsOptions,
): ValidatedRecords<Output> {
  return runToEnd(validateRecordsSteps(records, schema, options));
}

/**
 * {@link validateRecords} in slices, for `runCooperatively`: a server keeps answering while a million records are checked.
 *
 * @example
 * ```ts
 * import { transactionSchema, validateRecordsSteps } from "clientele/schema";
 * import { runCooperatively } from "clientele/steps";
 *
 * const records = Array.from({ length: 2500 }, (_, i) => ({ customerId: i, timestamp: "2024-03-01", amount: 10 }));
 * const { summary } = await runCooperatively(validateRecordsSteps(records, transactionSchema), {
 *   onProgress: ({ done, total }) => console.log(done, "of", total), // 1000 "of" 2500 | 2000 "of" 2500
 * });
 * console.log(summary.validCount); // 2500
 * ```
 */
export function* validateRecordsSteps<Output>(
  records: readonly unknown[],
  schema: StandardSchema<Output>,
  options?: ValidateRecordsOptions,
): Steps<ValidatedRecords<Output>> {
  const caller = "validateRecords";
  const { maxIssues = Infinity, messages } = readOptions(caller, options, VALIDATE_RECORDS_OPTIONS);
  checkList(caller, "records", records);
  const check = checkerOf(caller, schema);

  const rowCount = lengthOfList(caller, "records", records);
  const valid: Output[] = [];
  const validRows = new Int32Array(rowCount);
  const rejected: RejectedRecord[] = [];
  const ledger = new IssueLedger(maxIssues);
  let work = 0;
  for (let row = 0; row < rowCount; row++) {
    if (work >= WORK_PER_SLICE) {
      yield { phase: "validate records", done: row, total: rowCount };
      work = 0;
    }
    const record = recordAt(records, row);
    const answer = record === UNREADABLE ? undefined : check(record, row);
    if (answer !== undefined && !("thrown" in answer) && answer.issues === undefined) {
      validRows[valid.length] = row;
      valid.push(answer.value);
      work++;
      continue;
    }
    rejected.push({ row, record: record === UNREADABLE ? undefined : record });
    if (answer === undefined) enterUnreadable(ledger, row);
    else if ("thrown" in answer) enterThrown(ledger, row, record, answer.thrown, messages);
    else enterSchemaIssues(ledger, row, record, answer.issues, messages);
    work += REJECTED_WORK;
  }
  return {
    valid,
    validRows: validRows.slice(0, valid.length),
    rejected,
    issues: ledger.issues,
    summary: {
      rowCount,
      validCount: valid.length,
      rejectedCount: rejected.length,
      issueCount: ledger.total,
      counts: ledger.counts(),
    },
  };
}

/** The record at a row of the list, whose own getter may throw (the list of a Proxy, say). */
function recordAt(records: readonly unknown[], row: number): unknown {
  try {
    return records[row];
  } catch {
    return UNREADABLE;
  }
}
