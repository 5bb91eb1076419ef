import type { RfmSegmentBox } from "./segment-rules";

/** A named way to divide customers: rules for those who ordered, and the name of those who have not. */
export interface RfmScheme {
  readonly boxes: readonly RfmSegmentBox[];
  readonly prospects: string;
}

/** The name of customers without orders, where the rules are the caller's own. */
export const PROSPECTS = "Prospects";

/**
 * The ten usual names, on recency (rows of the usual map) and the mean FM of frequency and monetary score (its
 * columns, a half counting to the column above it: 1.5 to 2).
 */
export function classicScheme(): RfmScheme {
  return {
    prospects: PROSPECTS,
    boxes: [
      box("Champions", [5, 5], [3.5, 5]),
      box("Loyal", [3, 4], [3.5, 5]),
      box("Potential Loyalists", [4, 5], [1.5, 3]),
      box("New", [5, 5], [1, 1]),
      box("Promising", [4, 4], [1, 1]),
      box("Need Attention", [3, 3], [2.5, 3]),
      box("About to Sleep", [3, 3], [1, 2]),
      box("At Risk", [1, 2], [2.5, 4]),
      box("Can't Lose", [1, 2], [4.5, 5]),
      box("Hibernating", [1, 2], [1, 2]),
    ],
  };
}

/**
 * The names of Shopify's `CustomerRfmGroup`. Shopify publishes the names, a description of each and that they depend on R and
 * FM = (F + M) / 2, not where one group ends and the next begins: these cuts are this library's reading of the descriptions.
 * "Recent" is R 3 to 5 and "very recent" R 5; many orders are FM 4 and more, some 2.5 to 3.5, few up to 2; of those who are not recent,
 * a very strong history is FM 4.5 and more, a strong one 3 to 4. ACTIVE and NEEDS_ATTENTION have one description: R tells them apart.
 */
export function shopifyScheme(): RfmScheme {
  return {
    prospects: "PROSPECTS",
    boxes: [
      box("CHAMPIONS", [5, 5], [4, 5]),
      box("LOYAL", [3, 4], [4, 5]),
      box("ACTIVE", [4, 5], [2.5, 3.5]),
      box("NEW", [5, 5], [1, 2]),
      box("PROMISING", [3, 4], [1, 2]),
      box("NEEDS_ATTENTION", [3, 3], [2.5, 3.5]),
      box("ALMOST_LOST", [2, 2], [1, 2.5]),
      box("AT_RISK", [1, 2], [3, 4]),
      box("PREVIOUSLY_LOYAL", [1, 2], [4.5, 5]),
      box("DORMANT", [1, 1], [1, 2.5]),
    ],
  };
}

function box(name: string, recency: readonly [number, number], frequencyMonetary: readonly [number, number]): RfmSegmentBox {
  return { name, recency, frequency: [1, 5], monetary: [1, 5], frequencyMonetary };
}
