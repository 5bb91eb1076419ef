/** What an application imports, and what that may cost it. */
export interface SizeEntry {
  /** Folder of the subpath; empty for the root. */
  readonly subpath: string;
  /** The imported names, or all of them. */
  readonly imports: readonly string[] | "all";
  /**
   * Largest gzipped size in bytes of the minified bundle, dependencies included: about a tenth above what was measured
   * when the entry was last looked at, which is enough for a fix and too little for a feature to slip in unseen.
   */
  readonly ceiling: number;
  /** Exactly the packages of `dependencies` whose code is in the bundle. */
  readonly packages: readonly string[];
  /** A fit whose code is in the bundle, or `none` where no fit may be. */
  readonly fit?: string;
}

/** The one table of sizes: `npm run size` prints it, `test/bundle` enforces it. */
export const sizeTable: readonly SizeEntry[] = [
  // One name of the root brings what it uses and nothing of the other areas.
  { subpath: "", imports: ["ClienteleError"], ceiling: 180, packages: [], fit: "none" },
  { subpath: "", imports: ["featureMatrixFromRows"], ceiling: 2_900, packages: [], fit: "none" },
  { subpath: "", imports: ["computeLifetimeValue"], ceiling: 4_000, packages: [], fit: "none" },
  { subpath: "", imports: ["evaluateBinary"], ceiling: 3_000, packages: [], fit: "none" },
  { subpath: "", imports: ["validateRecords"], ceiling: 4_200, packages: [], fit: "none" },
  { subpath: "", imports: ["fitCleaning"], ceiling: 41_500, packages: [], fit: "fitCleaning" },
  { subpath: "", imports: ["fitKMeans"], ceiling: 38_000, packages: ["ml-kmeans", "ml-matrix"], fit: "fitKMeans" },
  { subpath: "", imports: ["fitLogisticRegression"], ceiling: 37_500, packages: ["ml-matrix"], fit: "fitLogisticRegression" },

  // What a page loads to score customers.
  { subpath: "scoring", imports: ["kMeansFromSpec"], ceiling: 4_200, packages: [], fit: "none" },
  { subpath: "scoring", imports: ["logisticRegressionFromSpec"], ceiling: 3_700, packages: [], fit: "none" },
  {
    subpath: "scoring",
    imports: ["pipelineFromSpec", "cleaningReader", "encoderReader", "logisticRegressionReader"],
    ceiling: 22_000,
    packages: [],
    fit: "none",
  },
  {
    subpath: "scoring",
    imports: ["pipelineFromSpec", "cleaningReader", "encoderReader", "logisticRegressionReader", "scoreRecords"],
    ceiling: 25_000,
    packages: [],
    fit: "none",
  },
  {
    subpath: "scoring",
    imports: ["pipelineFromSpec", "fullCleaningReader", "encoderReader", "logisticRegressionReader"],
    ceiling: 45_500,
    packages: [],
    fit: "none",
  },

  // Whole subpaths.
  { subpath: "", imports: "all", ceiling: 292_000, packages: ["ml-kmeans", "ml-matrix", "zod"], fit: "fitKMeans" },
  { subpath: "analysis", imports: "all", ceiling: 160_000, packages: ["ml-kmeans", "ml-matrix"], fit: "fitCleaning" },
  { subpath: "churn", imports: "all", ceiling: 89_000, packages: ["ml-matrix"], fit: "fitLogisticRegression" },
  { subpath: "cleaning", imports: "all", ceiling: 58_500, packages: [], fit: "fitCleaning" },
  { subpath: "clv", imports: "all", ceiling: 54_500, packages: [], fit: "fitEmpiricalValue" },
  { subpath: "data", imports: "all", ceiling: 8_400, packages: [], fit: "none" },
  { subpath: "evaluation", imports: "all", ceiling: 41_500, packages: ["ml-matrix"], fit: "none" },
  { subpath: "features", imports: "all", ceiling: 34_000, packages: [], fit: "fitEncoder" },
  { subpath: "formula", imports: "all", ceiling: 57_000, packages: ["mathjs"], fit: "none" },
  { subpath: "report", imports: "all", ceiling: 13_400, packages: [], fit: "none" },
  { subpath: "schema", imports: "all", ceiling: 34_600, packages: ["zod"], fit: "none" },
  { subpath: "scoring", imports: "all", ceiling: 69_000, packages: [], fit: "none" },
  { subpath: "segmentation", imports: "all", ceiling: 61_000, packages: ["ml-kmeans", "ml-matrix"], fit: "fitKMeans" },
  { subpath: "steps", imports: "all", ceiling: 2_350, packages: [], fit: "none" },
];

/** `clientele/scoring: kMeansFromSpec`. */
export function describeEntry({ subpath, imports }: SizeEntry): string {
  return `${subpath === "" ? "clientele" : `clientele/${subpath}`}: ${imports === "all" ? "everything" : imports.join(", ")}`;
}
