/**
 * Benchmarks beside peers, in one run. Not part of the tests.
 *
 *     npm run bench               all
 *     npm run bench -- kmeans     one of them
 */
import { cpus } from "node:os";
import { benchChurnAccuracy } from "./churn-accuracy";
import { benchClv } from "./clv";
import { benchClvCoverage } from "./clv-coverage";
import { benchDirtyData } from "./dirty-data";
import { benchFormula } from "./formula";
import { benchImport } from "./import-time";
import { benchIngest } from "./ingest";
import { benchKMeans } from "./kmeans";
import { benchLogistic } from "./logistic";
import { benchLogs } from "./logs";
import { benchOnlineRetail } from "./online-retail/compare";
import { benchRefit } from "./refit";
import { benchRfm } from "./rfm";
import { benchSilhouette } from "./silhouette";
import { benchSlices } from "./slices";
import { benchTransactions } from "./transactions";
import { benchValidateRecords } from "./validate-records";

const benchmarks: Readonly<Record<string, () => void | Promise<void>>> = {
  ingest: benchIngest,
  validate: benchValidateRecords,
  "online-retail": benchOnlineRetail,
  dirty: benchDirtyData,
  logs: benchLogs,
  transactions: benchTransactions,
  formula: benchFormula,
  kmeans: benchKMeans,
  logistic: benchLogistic,
  rfm: benchRfm,
  silhouette: benchSilhouette,
  "churn-accuracy": benchChurnAccuracy,
  refit: benchRefit,
  clv: benchClv,
  "clv-coverage": benchClvCoverage,
  slices: benchSlices,
  import: benchImport,
};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benchmarks));
if (unknown.length > 0) throw new Error(`no benchmark ${unknown.join(", ")}; there are ${Object.keys(benchmarks).join(", ")}`);

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores`);
for (const [name, run] of Object.entries(benchmarks)) if (wanted.length === 0 || wanted.includes(name)) await run();
