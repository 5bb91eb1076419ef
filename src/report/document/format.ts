import { describeOption } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";

/** How numbers are written in a report. One place, so that a share looks the same everywhere. */
export interface Format {
  count(value: number): string;
  /** "26.5 %" from 0.265. */
  share(value: number): string;
  /** Money and other quantities: no more digits than anyone reads. */
  amount(value: number): string;
  /** One decimal. */
  tenths(value: number): string;
  /** Scores between 0 and 1, three decimals. */
  score(value: number): string;
}

export function createFormat(caller: string, locale: string): Format {
  if (!isSupported(locale)) {
    const rule = "a BCP 47 language tag that this platform has number formats for";
    throw new ClienteleError("invalidOption", `locale must be ${rule}; got ${describeOption(locale)}`, { caller, parameter: "locale", rule, value: locale });
  }
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const share = new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const cents = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const score = new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  return {
    count: (value) => count.format(value),
    share: (value) => share.format(value),
    amount: (value) => (Math.abs(value) >= 1000 || Number.isInteger(value) ? count : cents).format(value),
    tenths: (value) => tenths.format(value),
    score: (value) => score.format(value),
  };
}

/** For a language it does not know, `Intl` would take that of the machine, and the report would differ from one to the next. */
function isSupported(locale: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false;
  }
}
