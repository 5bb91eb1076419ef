import { readFileSync } from "node:fs";
import Papa from "papaparse";

const folder = new URL("data/", import.meta.url);

/** The telecom customers as they stand in the file: every field is text. */
export function readTelcoCustomers(): Record<string, string>[] {
  const text = readFileSync(new URL("telco-customer-churn.csv", folder), "utf8");
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

/** A part of the order lines of an online shop, as they stand in the file. */
export function readOrderLines(): Record<string, string>[] {
  const text = readFileSync(new URL("online-retail-sample.csv", folder), "utf8");
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

export interface CdnowTransaction {
  readonly customerId: string;
  readonly timestamp: Date;
  readonly amount: number;
}

/** The CD shop's transactions. The file has no header and is separated by spaces. */
export function readCdnowTransactions(): CdnowTransaction[] {
  const lines = readFileSync(new URL("cdnow-sample.txt", folder), "utf8").trim().split("\n");
  return lines.map((line) => {
    const [, customerId = "", day = "", , dollars] = line.trim().split(/\s+/);
    return { customerId, timestamp: new Date(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`), amount: Number(dollars) };
  });
}
