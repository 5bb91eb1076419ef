/** Pictures of segments as SVG: a map of customers, a table of differences, a flow between two times. */

import { INK, PALE, picture, round, text } from "./svg";

const COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9"];

export function colourOf(segment: number): string {
  return COLOURS[segment % COLOURS.length]!;
}

export interface Axis {
  readonly label: string;
  /** Where tick marks stand, and what is written there. */
  readonly ticks: readonly (readonly [at: number, words: string])[];
  readonly from: number;
  readonly to: number;
}

export interface MapInput {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly points: readonly { readonly x: number; readonly y: number; readonly segment: number }[];
  /** Positions of points to be ringed. */
  readonly ringed: readonly number[];
  /** One line of words for each segment. */
  readonly legend: readonly string[];
}

/** Customers as points, coloured by segment. */
export function drawMap({ title, x, y, points, ringed, legend }: MapInput): string {
  const [width, top, left, plotWidth, plotHeight] = [760, 64, 64, 672, 340];
  const placeX = (value: number): number => left + ((value - x.from) / (x.to - x.from)) * plotWidth;
  const placeY = (value: number): number => top + plotHeight - ((value - y.from) / (y.to - y.from)) * plotHeight;
  const parts = [
    ...x.ticks.flatMap(([at, words]) => [line(placeX(at), top, placeX(at), top + plotHeight), text(placeX(at), top + plotHeight + 16, words, { anchor: "middle" })]),
    ...y.ticks.flatMap(([at, words]) => [line(left, placeY(at), left + plotWidth, placeY(at)), text(left - 8, placeY(at) + 4, words, { anchor: "end" })]),
    text(left + plotWidth / 2, top + plotHeight + 34, x.label, { anchor: "middle" }),
    text(left - 48, top - 8, y.label),
  ];
  legend.forEach((words, segment) => {
    // One path for all points of a segment: a line of no length with a round end is a dot.
    const dots = points.flatMap((point) => (point.segment === segment ? [`M${round(placeX(point.x))} ${round(placeY(point.y))}h0`] : []));
    parts.push(`<path d="${dots.join("")}" stroke="${colourOf(segment)}" stroke-width="4" stroke-linecap="round" stroke-opacity="0.5" fill="none"/>`);
    const at = top + plotHeight + 58 + 20 * segment;
    parts.push(`<circle cx="${left + 5}" cy="${at - 4}" r="5" fill="${colourOf(segment)}"/>`, text(left + 18, at, words));
  });
  for (const position of ringed) {
    const point = points[position]!;
    parts.push(`<circle cx="${round(placeX(point.x))}" cy="${round(placeY(point.y))}" r="6" fill="${colourOf(point.segment)}" stroke="${INK}" stroke-width="1.5"/>`);
  }
  return picture(width, top + plotHeight + 58 + 20 * legend.length, title, parts);
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${PALE}"/>`;
}

export interface DifferencesInput {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    readonly cells: readonly { readonly words: string; readonly difference: number; readonly low: number; readonly high: number }[];
  }[];
}

/** What each segment is like: the mean in words, the difference from all customers as colour and number. */
export function drawDifferences({ title, columns, rows }: DifferencesInput): string {
  const [top, left, cellWidth, cellHeight] = [72, 150, 92, 52];
  const width = left + columns.length * cellWidth + 16;
  const parts = columns.map((column, j) => text(left + (j + 0.5) * cellWidth, top - 10, column, { anchor: "middle", weight: 600 }));
  rows.forEach(({ name, cells }, i) => {
    const y = top + i * cellHeight;
    parts.push(`<circle cx="24" cy="${y + cellHeight / 2}" r="6" fill="${colourOf(i)}"/>`, text(38, y + cellHeight / 2 + 4, name));
    cells.forEach(({ words, difference, low, high }, j) => {
      const x = left + j * cellWidth;
      parts.push(`<rect x="${x + 1}" y="${y + 1}" width="${cellWidth - 2}" height="${cellHeight - 2}" rx="3" fill="${divergingColour(difference)}"/>`);
      parts.push(text(x + cellWidth / 2, y + 20, words, { anchor: "middle", weight: 600 }), text(x + cellWidth / 2, y + 34, `${signed(difference)} sd`, { anchor: "middle", size: 11 }));
      parts.push(text(x + cellWidth / 2, y + 46, `${signed(low)} to ${signed(high)}`, { anchor: "middle", size: 9, fill: "#555555" }));
    });
  });
  return picture(width, top + rows.length * cellHeight + 16, title, parts);
}

function signed(value: number): string {
  const words = Math.abs(value).toFixed(2);
  return value < 0 ? `−${words}` : `+${words}`;
}

/** White at 0, blue above, orange below, full at one and a half standard deviations. */
function divergingColour(difference: number): string {
  const share = Math.min(1, Math.abs(difference) / 1.5);
  const [r, g, b] = difference > 0 ? [0x6b, 0xae, 0xd6] : [0xf6, 0xa8, 0x5c];
  const mixed = [r, g, b].map((full) => Math.round(255 + (full - 255) * share).toString(16).padStart(2, "0"));
  return `#${mixed.join("")}`;
}

export interface FlowInput {
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly names: readonly string[];
  /** Customers who went from row to column. */
  readonly counts: readonly (readonly number[])[];
}

/** Who went where: bands between the segments of two times, as wide as their customers are many. */
export function drawFlow({ title, before, after, names, counts }: FlowInput): string {
  const [width, top, height, gap, barWidth, left, right] = [760, 64, 320, 10, 18, 250, 492];
  const sumOfRow = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const sumOfColumn = names.map((_, j) => counts.reduce((sum, row) => sum + row[j]!, 0));
  const total = sumOfRow.reduce((sum, count) => sum + count, 0);
  const scale = (height - gap * (names.length - 1)) / total;
  const stack = (sums: readonly number[]): number[] => sums.map((_, i) => top + sums.slice(0, i).reduce((y, sum) => y + sum * scale + gap, 0));
  const [startY, endY] = [stack(sumOfRow), stack(sumOfColumn)];
  const parts = [text(left, top - 14, before, { weight: 600 }), text(right + barWidth, top - 14, after, { anchor: "end", weight: 600 })];
  const [leftAt, rightAt] = [[...startY], [...endY]];
  counts.forEach((row, i) =>
    row.forEach((count, j) => {
      const [x1, x2, thickness] = [left + barWidth, right, count * scale];
      const [y1, y2] = [leftAt[i]!, rightAt[j]!];
      leftAt[i]! += thickness;
      rightAt[j]! += thickness;
      if (count === 0) return;
      const middle = (x1 + x2) / 2;
      const path = [`M${x1} ${round(y1)}`, `C${middle} ${round(y1)} ${middle} ${round(y2)} ${x2} ${round(y2)}`, `v${round(thickness)}`, `C${middle} ${round(y2 + thickness)} ${middle} ${round(y1 + thickness)} ${x1} ${round(y1 + thickness)}Z`];
      parts.push(`<path d="${path.join("")}" fill="${colourOf(i)}" fill-opacity="${i === j ? 0.35 : 0.7}"/>`);
    }),
  );
  names.forEach((name, i) => {
    for (const [x, y, sum] of [[left, startY[i]!, sumOfRow[i]!], [right, endY[i]!, sumOfColumn[i]!]] as const) {
      parts.push(`<rect x="${x}" y="${round(y)}" width="${barWidth}" height="${round(sum * scale)}" fill="${colourOf(i)}"/>`);
    }
    parts.push(text(left - 8, startY[i]! + (sumOfRow[i]! * scale) / 2 + 4, `${name} · ${sumOfRow[i]!}`, { anchor: "end" }));
    parts.push(text(right + barWidth + 8, endY[i]! + (sumOfColumn[i]! * scale) / 2 + 4, `${name} · ${sumOfColumn[i]!}`));
  });
  return picture(width, top + height + 20, title, parts);
}
