import { readFileSync } from "node:fs";
import type { FeatureMatrix } from "clientele/data";
import type { ClusteringTask, ClusterStability } from "clientele/evaluation";
import { fitKMeans } from "clientele/segmentation";

type Rows = readonly (readonly number[])[];

/** test/reference/clustering/expected.json, made by generate.py there. */
export interface ClusteringReference {
  readonly agreement: readonly {
    readonly name: string;
    readonly labels: readonly number[];
    readonly others: readonly number[];
    readonly adjustedRand: number;
    /** Group, the group most like it, coefficient. */
    readonly jaccard: readonly (readonly [number, number, number])[];
  }[];
  readonly separation: readonly {
    readonly name: string;
    readonly rows: Rows;
    readonly labels: readonly number[];
    readonly widths: readonly number[];
    readonly calinskiHarabasz: number;
    readonly daviesBouldin: number;
    readonly inertia: number;
  }[];
  readonly gap: readonly {
    readonly name: string;
    readonly rows: Rows;
    readonly box: "principal" | "columns";
    readonly to: number;
    readonly references: number;
    readonly seed: number;
    readonly k: number | null;
    readonly logInertia: readonly number[];
    readonly expectedLogInertia: readonly number[];
    readonly gap: readonly number[];
    readonly standardError: readonly number[];
  }[];
  readonly stability: readonly {
    readonly name: string;
    readonly rows: Rows;
    readonly labels: readonly number[];
    readonly resamples: number;
    readonly seed: number;
    readonly adjustedRand: number;
    readonly adjustedRandDeviation: number;
    readonly byCluster: readonly ClusterStability[];
  }[];
  readonly hopkins: readonly { readonly name: string; readonly rows: Rows; readonly sampleSize: number; readonly seed: number; readonly hopkins: number }[];
}

export function clusteringReference(): ClusteringReference {
  return JSON.parse(readFileSync(new URL("../reference/clustering/expected.json", import.meta.url), "utf8")) as ClusteringReference;
}

/** The grouping of the reference: k-means from the first k rows, until no row changes. */
export function clusterFromFirstRows({ matrix, k }: ClusteringTask): Int32Array {
  return fitKMeans(matrix, { k, start: firstRows(matrix, k), tolerance: 0, maxIterations: 1000 }).predict(matrix);
}

function firstRows({ values, columnCount }: FeatureMatrix, count: number): number[][] {
  return Array.from({ length: count }, (_, row) => Array.from(values.subarray(row * columnCount, (row + 1) * columnCount)));
}
