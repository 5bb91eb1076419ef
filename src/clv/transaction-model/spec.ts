import type { SpecReader } from "../../errors/spec";
import { ClienteleError } from "../../errors/error";
import { fullCovariance, type Estimate, type EstimateStatus } from "./estimate";

/** The saved form of an estimate: what every transaction and spend model is saved as, a few hundred bytes. */
export interface EstimateSpec<Kind extends string, Name extends string> {
  readonly kind: Kind;
  readonly version: 1;
  readonly parameters: Readonly<Record<Name, number>>;
  readonly logLikelihood: number;
  readonly status: EstimateStatus;
  readonly unidentified: readonly Name[];
  /** Of the logarithms of the parameters: the upper triangle, row by row. */
  readonly covariance: readonly number[] | null;
  readonly customerCount: number;
  readonly penalty: number;
  readonly iterations: number;
  readonly gradientNorm: number;
}

export function writeEstimate<Kind extends string, Name extends string>(kind: Kind, estimate: Estimate<Name>): EstimateSpec<Kind, Name> {
  const { parameters, logLikelihood, status, unidentified, covariance, customerCount, penalty, iterations, gradientNorm } = estimate;
  return {
    kind,
    version: 1,
    parameters: { ...parameters },
    logLikelihood,
    status,
    unidentified: [...unidentified],
    covariance: covariance === undefined ? null : [...covariance],
    customerCount,
    penalty,
    iterations,
    gradientNorm,
  };
}

/** Reads the fields of an estimate with these parameters. */
export function readEstimate<const Name extends string>(reader: SpecReader, names: readonly Name[], statuses: readonly EstimateStatus[]): Estimate<Name> {
  const size = names.length;
  const parameters = reader.object("parameters");
  const values = names.map((name): [Name, number] => {
    const value = parameters.number(name);
    if (!(value > 0)) throw parameters.refuse(name, "a number above 0");
    return [name, value];
  });
  const status = reader.oneOf("status", statuses);
  const unidentified = reader.texts("unidentified").map((name) => names.find((known) => known === name));
  const named = unidentified.filter((name) => name !== undefined);
  if (named.length < unidentified.length || named.length > 0 !== (status === "unidentified")) {
    throw reader.refuse("unidentified", `names of parameters for the status "unidentified", and none for others`);
  }
  const hasMaximum = status === "converged" || status === "infiniteMean";
  const covariance = reader.value("covariance") === null ? undefined : Array.from(reader.numbers("covariance", (size * (size + 1)) / 2));
  if ((covariance !== undefined) !== hasMaximum) throw reader.refuse("covariance", `given for the status "converged", and null for others`);
  if (covariance !== undefined && fullCovariance(covariance, size).some((each, at) => at % (size + 1) === 0 && !(each > 0))) {
    throw reader.refuse("covariance", "the upper triangle of a matrix with positive variances");
  }
  return {
    parameters: Object.fromEntries(values) as Record<Name, number>,
    logLikelihood: reader.number("logLikelihood"),
    status,
    unidentified: named,
    covariance,
    customerCount: reader.atLeast("customerCount", 0),
    penalty: reader.atLeast("penalty", 0),
    iterations: reader.count("iterations"),
    gradientNorm: reader.atLeast("gradientNorm", 0),
  };
}

/** Parameters that a caller gives: each of these names, above 0. */
export function checkParameters<Name extends string>(caller: string, given: unknown, names: readonly Name[]): Readonly<Record<Name, number>> {
  const fields: Readonly<Record<string, unknown>> = typeof given === "object" && given !== null ? (given as Record<string, unknown>) : {};
  const values = names.map((name): [Name, number] => {
    const value = fields[name];
    if (typeof value === "number" && value > 0 && value < Infinity) return [name, value];
    const rule = "a number above 0";
    throw new ClienteleError("invalidInput", `parameters.${name} must be ${rule}`, { caller, parameter: `parameters.${name}`, rule });
  });
  return Object.fromEntries(values) as Record<Name, number>;
}
