import { readFileSync } from "node:fs";

/** The 22 histories of 11,104 donors over six yearly appeals. */
export function readDonors(): { frequency: number[]; recency: number[]; age: number[]; weights: number[] } {
  const rows = readFileSync(new URL("../../reference/bg-bb/donations.csv", import.meta.url), "utf8").trim().split("\n").slice(1).map((line) => line.split(",").map(Number));
  const column = (at: number): number[] => rows.map((row) => row[at]!);
  return { frequency: column(0), recency: column(1), age: column(2), weights: column(3) };
}
