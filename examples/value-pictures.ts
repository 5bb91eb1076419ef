/** Pictures of customer value as SVG: heat maps, lines over time, bars with points, a ranked list. */

import { INK, PALE, picture, round, text } from "./svg";

const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"];
const GREY = "#8a8a8a";

export function colourOf(series: number): string {
  return COLOURS[series % COLOURS.length]!;
}

function line(x1: number, y1: number, x2: number, y2: number, stroke = PALE, width = 1): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${stroke}" stroke-width="${width}"/>`;
}

function polyline(points: readonly (readonly [x: number, y: number])[], stroke: string, width: number, dashes = ""): string {
  return `<polyline points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(" ")}" fill="none" stroke="${stroke}" stroke-width="${width}"${dashes === "" ? "" : ` stroke-dasharray="${dashes}"`}/>`;
}

export interface HeatMap {
  readonly title: string;
  /** Columns and rows; cell (i, j) at `i * columns + j`, row 0 at the bottom; NaN is left white. */
  readonly columns: number;
  readonly rows: number;
  readonly values: ArrayLike<number>;
  readonly largest: number;
  readonly format: (value: number) => string;
}

export interface HeatMapsInput {
  readonly title: string;
  readonly maps: readonly HeatMap[];
  readonly x: { readonly label: string; readonly ticks: readonly number[] };
  readonly y: { readonly label: string; readonly ticks: readonly (readonly [row: number, words: string])[] };
}

/** Heat maps side by side, each with its scale. */
export function drawHeatMaps({ title, maps, x, y }: HeatMapsInput): string {
  const [top, size, gap, left] = [92, 300, 90, 60];
  const parts = maps.flatMap(({ title: name, columns, rows, values, largest, format }, m) => {
    const at = left + m * (size + gap);
    const [width, height] = [size / columns, size / rows];
    const cells = Array.from({ length: rows * columns }, (_, cell) => {
      const value = values[cell]!;
      if (Number.isNaN(value)) return "";
      const [i, j] = [Math.floor(cell / columns), cell % columns];
      return `<rect x="${round(at + j * width)}" y="${round(top + size - (i + 1) * height)}" width="${round(width + 0.3)}" height="${round(height + 0.3)}" fill="${blue(value / largest)}"/>`;
    });
    const scale = Array.from({ length: 50 }, (_, k) => `<rect x="${at + size + 10}" y="${round(top + size - ((k + 1) * size) / 50)}" width="12" height="${size / 50 + 0.3}" fill="${blue((k + 0.5) / 50)}"/>`);
    return [
      text(at, top - 12, name, { weight: 600 }),
      `<g shape-rendering="crispEdges">${cells.join("")}</g>`,
      `<rect x="${at}" y="${top}" width="${size}" height="${size}" fill="none" stroke="${GREY}"/>`,
      ...x.ticks.map((tick) => text(at + (tick + 0.5) * width, top + size + 16, String(tick), { anchor: "middle" })),
      ...(m === 0 ? y.ticks.map(([row, words]) => text(at - 6, top + size - row * height + 4, words, { anchor: "end" })) : []),
      text(at + size / 2, top + size + 34, x.label, { anchor: "middle" }),
      ...scale,
      text(at + size + 26, top + 10, format(largest), { size: 11 }),
      text(at + size + 26, top + size, format(0), { size: 11 }),
    ];
  });
  return picture(left + maps.length * (size + gap), top + size + 50, title, [...parts, text(16, top - 36, y.label)]);
}

/** White to dark blue. */
function blue(share: number): string {
  const at = Math.max(0, Math.min(1, share));
  const mixed = [[255, 8], [255, 48], [255, 107]].map(([from, to]) => Math.round(from! + (to! - from!) * Math.sqrt(at)).toString(16).padStart(2, "0"));
  return `#${mixed.join("")}`;
}

export interface LinesInput {
  readonly title: string;
  readonly label: string;
  /** One position for each point of the lines. */
  readonly ticks: readonly (readonly [position: number, words: string])[];
  readonly largest: number;
  readonly step: number;
  readonly series: readonly { readonly name: string; readonly values: ArrayLike<number>; readonly isActual?: boolean }[];
  /** A line is drawn behind this position. */
  readonly split?: { readonly position: number; readonly words: readonly [before: string, after: string] };
  /** Marked below the axis. */
  readonly marks?: readonly number[];
}

/** Lines over time: what happened in black, models in colour. */
export function drawLines({ title, label, ticks, largest, step, series, split, marks = [] }: LinesInput): string {
  const [top, left, width, height] = [72, 48, 690, 260];
  const count = series[0]!.values.length;
  const placeX = (position: number): number => left + (position / (count - 1)) * width;
  const placeY = (value: number): number => top + height - (value / largest) * height;
  const levels = Array.from({ length: Math.floor(largest / step) + 1 }, (_, k) => k * step);
  const parts = [
    ...levels.flatMap((level) => [line(left, placeY(level), left + width, placeY(level)), text(left - 6, placeY(level) + 4, String(Math.round(level * 100) / 100), { anchor: "end" })]),
    ...ticks.map(([position, words]) => text(placeX(position), top + height + 18, words, { anchor: "middle" })),
    text(16, top - 16, label),
  ];
  if (split !== undefined) {
    const x = placeX(split.position + 0.5);
    parts.push(line(x, top, x, top + height, GREY), text(x - 6, top + 12, split.words[0], { anchor: "end", fill: GREY }), text(x + 6, top + 12, split.words[1], { fill: GREY }));
  }
  series.forEach(({ values, isActual = false }, s) => {
    const points = Array.from(values, (value, position): [number, number] => [placeX(position), placeY(value)]);
    parts.push(polyline(points, isActual ? INK : colourOf(s), isActual ? 1.6 : 2));
  });
  for (const mark of marks) parts.push(line(placeX(mark), top + height, placeX(mark), top + height - 8, INK, 2));
  let at = left;
  series.forEach(({ name, isActual = false }, s) => {
    const y = top + height + 42;
    parts.push(line(at, y - 4, at + 22, y - 4, isActual ? INK : colourOf(s), 2), text(at + 28, y, name));
    at += 46 + 7 * name.length;
  });
  return picture(left + width + 22, top + height + 58, title, parts);
}

export interface BinsInput {
  readonly title: string;
  readonly label: string;
  readonly names: readonly string[];
  /** Drawn as bars with an interval of two standard errors. */
  readonly actual: readonly { readonly value: number; readonly error: number }[];
  readonly models: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly largest: number;
}

/** What happened as bars, what models had expected as points. */
export function drawBins({ title, label, names, actual, models, largest }: BinsInput): string {
  const [top, left, width, height] = [72, 48, 690, 260];
  const slot = width / names.length;
  const placeY = (value: number): number => top + height - (Math.min(value, largest) / largest) * height;
  const parts = [
    ...Array.from({ length: Math.floor(largest) + 1 }, (_, level) => [line(left, placeY(level), left + width, placeY(level)), text(left - 6, placeY(level) + 4, String(level), { anchor: "end" })]).flat(),
    text(16, top - 16, label),
  ];
  names.forEach((name, i) => {
    const [x, { value, error }] = [left + i * slot, actual[i]!];
    parts.push(`<rect x="${round(x + slot * 0.15)}" y="${round(placeY(value))}" width="${round(slot * 0.7)}" height="${round(top + height - placeY(value))}" fill="#c8c8c8"/>`);
    parts.push(line(x + slot / 2, placeY(value - 2 * error), x + slot / 2, placeY(value + 2 * error), GREY, 2), text(x + slot / 2, top + height + 18, name, { anchor: "middle" }));
    models.forEach(({ values }, m) => parts.push(`<circle cx="${round(x + slot * (0.28 + 0.22 * m))}" cy="${round(placeY(values[i]!))}" r="5" fill="${colourOf(m + 1)}"/>`));
  });
  let at = left;
  const y = top + height + 42;
  parts.push(`<rect x="${at}" y="${y - 10}" width="14" height="10" fill="#c8c8c8"/>`, text(at + 20, y, "actual, ± 2 standard errors"));
  at += 200;
  models.forEach(({ name }, m) => {
    parts.push(`<circle cx="${at + 5}" cy="${y - 5}" r="5" fill="${colourOf(m + 1)}"/>`, text(at + 16, y, name));
    at += 40 + 7 * name.length;
  });
  return picture(left + width + 22, top + height + 58, title, parts);
}

export interface RankedInput {
  readonly title: string;
  readonly label: string;
  readonly rows: readonly { readonly name: string; readonly words: string; readonly value: number; readonly low: number; readonly high: number }[];
}

/** A ranked list: bars with their intervals. */
export function drawRanked({ title, label, rows }: RankedInput): string {
  const [top, left, width, rowHeight] = [72, 330, 380, 24];
  const largest = Math.max(...rows.map(({ high }) => high));
  const parts = [text(left, top - 12, label)];
  rows.forEach(({ name, words, value, low, high }, i) => {
    const y = top + i * rowHeight;
    const placeX = (at: number): number => left + (at / largest) * width;
    parts.push(text(16, y + 15, `${i + 1}`), text(42, y + 15, name, { weight: 600 }), text(110, y + 15, words, { fill: "#555555" }));
    parts.push(`<rect x="${left}" y="${y + 4}" width="${round(placeX(value) - left)}" height="${rowHeight - 8}" fill="#9cc3dc"/>`);
    parts.push(line(placeX(low), y + rowHeight / 2, placeX(high), y + rowHeight / 2, INK, 1.5), text(placeX(high) + 6, y + 16, value.toFixed(0), { size: 11 }));
  });
  return picture(left + width + 60, top + rows.length * rowHeight + 16, title, parts);
}
