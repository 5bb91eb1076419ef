import { measureCleaning, type Hits } from "../test/support/dirty-clean";
import { heading } from "./measure";

function line(name: string, { picked, right, precision, recall }: Hits): string {
  return `${name.padEnd(32)} ${String(picked).padStart(6)} ${String(right).padStart(6)} ${precision.toFixed(4).padStart(10)} ${recall.toFixed(4).padStart(7)}`;
}

/** How many errors of real tables with a known truth a plan of ten minutes finds and repairs, cell by cell (test/data/dirty-clean). */
export function benchDirtyData(): void {
  for (const name of ["hospital", "beers"] as const) {
    const { cells, dirty, detected, repaired, detectedBy, repairedBy, columns } = measureCleaning(name);
    heading(`Errors found and repaired: ${name}, ${cells.toLocaleString("en")} cells, ${dirty.toLocaleString("en")} dirty`);
    console.log(`${"".padEnd(32)} picked  right  precision  recall`);
    console.log(line("detected", detected));
    for (const [rule, hits] of detectedBy) console.log(line(`  ${rule}`, hits));
    console.log(line("repaired", repaired));
    for (const [rule, hits] of repairedBy) console.log(line(`  ${rule}`, hits));
    console.log("dirty cells by column (found, right afterwards, cells made wrong):");
    for (const { column, dirty: count, detected: found, right, spoilt } of columns) if (count + spoilt > 0) console.log(`  ${column.padEnd(30)} ${count} (${found}, ${right}, ${spoilt})`);
  }
}
