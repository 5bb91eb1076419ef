import { existsSync, readFileSync } from "node:fs";
import { cleanTable, draftPlan, profileTable } from "clientele/cleaning";
import { tableFromColumns, tableFromRecords, type Table } from "clientele/data";
import Papa from "papaparse";
import { heading } from "./measure";

/**
 * Logs without a key lose no row, however many rows repeat another one:
 *
 *     CDNOW=CDNOW_master.txt HILLSTROM=hillstrom.csv npm run bench -- logs
 */
export function benchLogs(): void {
  heading("Logs in which repeated rows are right");
  report("CDNOW", (text) => {
    const [, ...lines] = text.trim().split(/\r?\n/);
    const rows = lines.map((line) => line.trim().split(/\s+/));
    return tableFromColumns({ customer: rows.map((row) => row[0]), day: rows.map((row) => row[1]), discs: rows.map((row) => row[2]), dollars: rows.map((row) => row[3]) });
  });
  report("HILLSTROM", (text) => tableFromRecords(Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data));
}

function report(variable: string, read: (text: string) => Table): void {
  const path = process.env[variable];
  if (path === undefined || !existsSync(path)) {
    console.log(`${variable}: skipped, set ${variable} to the file`);
    return;
  }
  const table = read(readFileSync(path, "utf8"));
  const { report: done } = cleanTable(table, draftPlan(profileTable(table)));
  console.log(`${variable}: ${done.rowsIn} rows in = ${done.rowsOut} out + ${done.rowsQuarantined} set aside + ${done.rowsMerged} merged; ${done.repeatedRows.count} repeat an earlier one`);
}
