import { convertPlainColumn } from "../cleaning/convert/convert-column";
import { isPlain } from "../cleaning/convert/plain-conversion";
import { convertStep } from "../cleaning/convert/step";
import { plainPlaceholderStep } from "../cleaning/impute/step";
import type { StepCode } from "../cleaning/step-order";
import { ClienteleError } from "../errors/error";
import { scopeOf, sourcesOf, type CleaningScope } from "./cleaning-scope";
import type { CleaningReader, CleaningStage } from "./part";
import { readPlainCleaning, type PlainCleaning } from "./plain-cleaning";
import { scopedCleaning } from "./scoped-cleaning";

export { cleaningFromSpec, type CleaningModel } from "../cleaning/model";

/**
 * Reads the cleaning of a saved pipeline, for {@link pipelineFromSpec}: conversions to plain numbers, true and false, and categories;
 * placeholders, outliers and fills. What else the cleaning holds is kept as it is, and passed over like all that features do not come from;
 * where they do, the error names `fullCleaningReader`.
 */
export const cleaningReader: CleaningReader = {
  part: "cleaning",
  kind: "cleaning",
  read: (value) => plainStage("pipelineFromSpec", value),
};

/** `findUnread` sees to it that no other conversion, and no placeholder of a time, is left in the scope. */
const PLAIN_STEPS: StepCode = {
  convert: (work, conversion) => convertStep(work, conversion, isPlain(conversion) ? convertPlainColumn(work.caller, work.table, conversion) : undefined),
  placeholders: plainPlaceholderStep,
};

function plainStage(caller: string, value: unknown): CleaningStage {
  const cleaning = readPlainCleaning(caller, value);
  return {
    model: cleaning,
    scope: (columns) => {
      const scope = scopeOf(cleaning, columns, sourcesOf(cleaning));
      const missing = findUnread(cleaning, scope);
      if (missing === undefined) return scopedCleaning(scope, PLAIN_STEPS, {});
      const rule = "fullCleaningReader";
      throw new ClienteleError("missingReader", `features come out of ${missing} of the cleaning: import { ${rule} } from "clientele/scoring" and pass it in place of cleaningReader`, {
        caller,
        parameter: "readers",
        rule,
      });
    },
  };
}

/** What scoring needs and was not read. */
function findUnread({ unread }: PlainCleaning, { plan, columns, inputs }: CleaningScope): string | undefined {
  const needed = unread.find(({ isNeeded }) => isNeeded(columns));
  const ofTimes = plan.placeholders.some(({ column }) => inputs.get(column) === "timestamp");
  return needed?.parameter ?? (ofTimes ? "placeholders" : undefined);
}
