import { isList, isNameList, isObject } from "./check";
import { describeNames, describeOption, suggestName } from "./describe";
import { ClienteleError } from "./error";

/**
 * What an option may be. A function's options are described once, by a literal table of these rules:
 * the table gives the defaults, the checks with their wording, and the cases of the conformance tests.
 *
 * Of a `list`, `object` or `function` only that much is checked here, the rest by the function itself; of `custom` values,
 * which may be of several types, only the name is known.
 */
export type OptionRule =
  | { readonly kind: "integer"; readonly min?: number; readonly max?: number; readonly default?: number; readonly required?: true }
  | {
      readonly kind: "number";
      readonly min?: number;
      readonly max?: number;
      /** The bound itself is refused. */
      readonly open?: "min" | "max" | "both";
      readonly default?: number;
      readonly required?: true;
    }
  | { readonly kind: "boolean"; readonly default?: boolean; readonly required?: true }
  | { readonly kind: "text"; readonly default?: string; readonly required?: true }
  | { readonly kind: "oneOf"; readonly values: readonly string[]; readonly default?: string; readonly required?: true }
  | { readonly kind: "names"; readonly default?: readonly string[]; readonly required?: true }
  | { readonly kind: "list" | "object" | "function"; readonly required?: true }
  | { readonly kind: "custom"; readonly required?: true };

export type OptionTable = Readonly<Record<string, OptionRule>>;

/** The options after checking: those with a default or marked required are always present. */
export type ResolvedOptions<Options, Table extends OptionTable> = {
  readonly [K in keyof Table & keyof Options]-?: Table[K] extends { default: unknown } | { required: true }
    ? Exclude<Options[K], undefined>
    : Options[K] | undefined;
};

/** Rules whose values are checked here, and can be put into words. */
type CheckedRule = Exclude<OptionRule, { kind: "custom" }>;

/**
 * Checks options against their table, refuses unknown names, fills in defaults; `undefined` means absent.
 *
 * @param path - where the options stand within those of the caller, if not at the top: `"convert[0]"`
 */
export function readOptions<Options extends object, const Table extends { readonly [K in keyof Required<Options>]: OptionRule }>(
  caller: string,
  options: Options | undefined,
  table: Table,
  path?: string,
): ResolvedOptions<Options, Table & OptionTable> {
  const given: unknown = options === undefined ? {} : options;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    const parameter = path ?? "options";
    throw new ClienteleError("invalidOption", `${parameter} must be an object; got ${describeOption(given)}`, { caller, parameter, rule: "an object" });
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(table, name)) throw unknownOption(caller, name, Object.keys(table), path);
  }
  const prefix = path === undefined ? "" : `${path}.`;
  const resolved: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries<OptionRule>(table)) {
    const value = (given as Record<string, unknown>)[name];
    if (value === undefined) {
      if (rule.required === true) throw requiredOption(caller, prefix + name, rule);
      resolved[name] = "default" in rule ? rule.default : undefined;
    } else {
      checkOption(caller, prefix + name, value, rule);
      resolved[name] = value;
    }
  }
  return resolved as ResolvedOptions<Options, Table & OptionTable>;
}

function requiredOption(caller: string, parameter: string, rule: OptionRule): ClienteleError {
  const text = rule.kind === "custom" ? undefined : ruleText(rule);
  return new ClienteleError("invalidOption", `${parameter} is required${text === undefined ? "" : `: ${text}`}`, { caller, parameter, rule: text });
}

function unknownOption(caller: string, name: string, known: readonly string[], path: string | undefined): ClienteleError {
  const suggestion = suggestName(name, known);
  const hint = suggestion === undefined ? `known: ${describeNames(known)}` : `did you mean ${JSON.stringify(suggestion)}?`;
  const [where, parameter] = path === undefined ? ["", name] : [` in ${path}`, `${path}.${name}`];
  return new ClienteleError("unknownOption", `unknown option ${describeOption(name)}${where}; ${hint}`, { caller, parameter, rule: "known option" });
}

/** Refuses a value that breaks its rule. `meaning` says what a bound stands for, as in "from 1 to 200 (rows)". */
export function checkOption(caller: string, parameter: string, value: unknown, rule: OptionRule, meaning?: string): void {
  const broken = findBrokenRule(value, rule);
  if (broken === undefined) return;
  const text = broken + (meaning === undefined ? "" : ` (${meaning})`);
  throw new ClienteleError("invalidOption", `${parameter} must be ${text}; got ${describeOption(value)}`, { caller, parameter, rule: text, value });
}

/** What a value must be, in words, if it is not. */
export function findBrokenRule(value: unknown, rule: OptionRule): string | undefined {
  return rule.kind === "custom" || isAllowed(value, rule) ? undefined : ruleText(rule);
}

function isAllowed(value: unknown, rule: CheckedRule): boolean {
  switch (rule.kind) {
    case "integer":
      return Number.isSafeInteger(value) && (value as number) >= (rule.min ?? -Infinity) && (value as number) <= (rule.max ?? Infinity);
    case "number": {
      if (typeof value !== "number" || !Number.isFinite(value)) return false;
      const min = rule.min ?? -Infinity;
      const max = rule.max ?? Infinity;
      const aboveMin = rule.open === "min" || rule.open === "both" ? value > min : value >= min;
      const belowMax = rule.open === "max" || rule.open === "both" ? value < max : value <= max;
      return aboveMin && belowMax;
    }
    case "boolean":
      return typeof value === "boolean";
    case "text":
      return typeof value === "string";
    case "oneOf":
      return typeof value === "string" && rule.values.includes(value);
    case "names":
      return isNameList(value);
    case "list":
      return isList(value);
    case "object":
      return isObject(value);
    case "function":
      return typeof value === "function";
  }
}

function ruleText(rule: CheckedRule): string {
  switch (rule.kind) {
    case "integer":
      return `an integer${boundsText(rule.min, rule.max)}`;
    case "number": {
      const open = rule.open ?? "none";
      if (open === "none") return `a number${boundsText(rule.min, rule.max)}`;
      const above = rule.min === undefined ? [] : [open === "max" ? `at least ${rule.min}` : `above ${rule.min}`];
      const below = rule.max === undefined ? [] : [open === "min" ? `at most ${rule.max}` : `below ${rule.max}`];
      return `a number ${[...above, ...below].join(" and ")}`;
    }
    case "boolean":
      return "true or false";
    case "text":
      return "a text";
    case "oneOf":
      return `one of ${rule.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "names":
      return "an array of names";
    case "list":
      return "an array";
    case "object":
      return "an object";
    case "function":
      return "a function";
  }
}

function boundsText(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  if (max !== undefined) return ` of at most ${max}`;
  return "";
}

/** The seed of every function that draws random numbers. */
export const SEED = { kind: "integer", min: 0, max: 4294967295, default: 1 } as const;
