import { ClienteleError } from "../../errors/error";
import type { CheckedNumberConversion } from "./plan";

/** Names the other currencies of a column and how many cells each has. Signs and codes are no personal data. */
export function refuseMixedCurrencies(caller: string, conversion: CheckedNumberConversion, codes: Int32Array, currencyOf: ReadonlyMap<number, string>): ClienteleError {
  const counts = new Map<string, number>();
  for (const code of codes) {
    const currency = currencyOf.get(code);
    if (currency !== undefined) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  }
  const found = Array.from(counts, ([currency, count]) => `${currency} in ${count} ${count === 1 ? "cell" : "cells"}`).join(", ");
  const { column, currency } = conversion;
  const rule = `amounts in ${currency ?? "one currency"} only (or otherCurrency must say what becomes of others)`;
  return new ClienteleError("invalidInput", `convert: column ${JSON.stringify(column)} must hold ${rule}; found ${found}`, {
    caller,
    parameter: "convert",
    column,
    row: codes.findIndex((code) => currencyOf.has(code)),
    rule,
  });
}
