import type { Analysis } from "../../analysis/analyze-customers";
import type { Segments } from "../../analysis/segments";
import type { SegmentProfile } from "../../segmentation/profile/profile-segments";
import { dataTable, note, paragraph, type Block, type Section } from "./blocks";
import type { Format } from "./format";

/** Who the groups are, and how good the grouping is. */
export function segmentsSection({ segments }: Analysis, format: Format): Section {
  const title = "Segments";
  if (segments.status === "notRun") return { title, blocks: [note(`Not run: ${segments.reason}.`)] };
  const { profiles, candidates, k, columns, leftOut, churnRates } = segments;
  const chosen = candidates.find((candidate) => candidate.k === k);
  return {
    title,
    blocks: [
      paragraph(
        `${k} groups by ${listOf(columns)}, each standardised (k-means). Mean silhouette ${chosen === undefined ? "unknown" : format.score(chosen.silhouette)}: ` +
          `1 would be groups far apart, 0 no separation.`,
      ),
      ...evidenceBlocks(segments, format),
      {
        kind: "bars",
        caption: "Customers in each segment",
        bars: profiles.segments.map(({ segment, size, share }) => ({ label: nameOf(segment), value: size, text: `${format.count(size)} (${format.share(share)})` })),
      },
      meansTable(segments, format),
      ...profiles.segments.map((profile) => paragraph(describe(profile, churnRates?.[profile.segment], format))),
      ...(leftOut.length === 0 ? [] : [note(`Passed over, because values are still missing: ${listOf(leftOut)}.`)]),
      ...candidatesChart(segments, format),
    ],
  };
}

/** Whether the groups are more than a way to cut one cloud of customers into parts. */
function evidenceBlocks({ evidence }: Segments, format: Format): Block[] {
  switch (evidence.status) {
    case "notTested":
      return [];
    case "clusters":
      return [paragraph(`The customers do form groups: data without any would be cut so deeply in at most ${format.share(evidence.pValue ?? 0)} of cases.`)];
    case "none":
      return [note(`No evidence of groups (p = ${format.score(evidence.pValue ?? 1)}): the segments cut one cloud of customers into parts. Useful for addressing them, but another cut would do as well.`)];
  }
}

function nameOf(segment: number): string {
  return `Segment ${segment + 1}`;
}

function meansTable({ profiles, churnRates }: Segments, format: Format): Block {
  const first = profiles.segments[0]!;
  const hasValue = first.value !== null;
  const rows = profiles.segments.map(({ segment, numbers, value }) => [
    nameOf(segment),
    ...numbers.map(({ mean }) => (mean === null ? "–" : format.amount(mean))),
    ...(hasValue ? [value?.share === null || value === null ? "–" : format.share(value.share)] : []),
    ...(churnRates === undefined ? [] : [rateText(churnRates[segment], format)]),
  ]);
  const overall = ["All", ...first.numbers.map(({ overallMean }) => (overallMean === null ? "–" : format.amount(overallMean)))];
  const titles: (`<${string}` | `>${string}`)[] = [
    "<",
    ...first.numbers.map(({ column }) => `>${column}` as const),
    ...(hasValue ? [">Share of value" as const] : []),
    ...(churnRates === undefined ? [] : [">Left" as const]),
  ];
  return dataTable("Means by segment", titles, [...rows, [...overall, ...Array.from({ length: titles.length - overall.length }, () => "")]]);
}

function rateText(rate: number | undefined, format: Format): string {
  return rate === undefined ? "–" : format.share(rate);
}

/** A smaller difference from the mean, in standard deviations, is not called high or low. */
const CLEAR_DIFFERENCE = 0.3;

/** "Segment 2: high tenure (+1.2 sd), low MonthlyCharges (−0.9 sd)." */
function describe({ segment, marks }: SegmentProfile, churnRate: number | undefined, format: Format): string {
  const clear = marks.filter(({ standardizedDifference }) => Math.abs(standardizedDifference) >= CLEAR_DIFFERENCE);
  const traits = clear.map(({ column, direction, standardizedDifference }) => {
    const size = format.tenths(Math.abs(standardizedDifference));
    return `${direction === "above" ? "high" : "low"} ${column} (${size} sd ${direction} the mean)`;
  });
  const left = churnRate === undefined ? "" : ` ${format.share(churnRate)} of it left.`;
  return `${nameOf(segment)}: ${traits.length === 0 ? "like the average customer" : listOf(traits)}.${left}`;
}

function candidatesChart({ candidates }: Segments, format: Format): Block[] {
  if (candidates.length < 2) return [];
  return [
    {
      kind: "bars",
      caption: "Mean silhouette by number of segments (the widest was taken)",
      bars: candidates.map(({ k, silhouette }) => ({ label: `${k} segments`, value: Math.max(0, silhouette), text: format.score(silhouette) })),
    },
    note("A silhouette compares groupings with each other; it does not prove that the customers fall into groups."),
  ];
}

function listOf(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)!}`;
}
