/** Pictures of a churn model as SVG: curves, and bars with intervals. */

const BLUE = "#0072b2";
const ORANGE = "#d55e00";
const INK = "#222222";
const PALE = "#e4e4e4";

export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** Where tick marks stand, and what is written there. */
  readonly ticks: readonly (readonly [at: number, words: string])[];
}

export interface CurveInput {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly curve: readonly (readonly [x: number, y: number])[];
  /** Thin lines behind the curve. */
  readonly behind?: readonly (readonly (readonly [x: number, y: number])[])[];
  /** Points to be named. */
  readonly marks: readonly { readonly x: number; readonly y: number; readonly words: string }[];
}

/** A curve with named points on it. */
export function drawCurve({ title, x, y, curve, behind = [], marks }: CurveInput): string {
  const [width, top, left, plotWidth, plotHeight] = [760, 64, 72, 660, 320];
  const place = ([at, height]: readonly [number, number]): string => `${round(left + ((at - x.from) / (x.to - x.from)) * plotWidth)} ${round(top + plotHeight - ((height - y.from) / (y.to - y.from)) * plotHeight)}`;
  const line = (points: readonly (readonly [number, number])[]): string => `M${points.map(place).join("L")}`;
  return picture(width, top + plotHeight + 48, title, [
    ...x.ticks.flatMap(([at, words]) => [`<path d="${line([[at, y.from], [at, y.to]])}" stroke="${PALE}"/>`, text(Number(place([at, y.from]).split(" ")[0]), top + plotHeight + 16, words, "middle")]),
    ...y.ticks.flatMap(([at, words]) => [`<path d="${line([[x.from, at], [x.to, at]])}" stroke="${PALE}"/>`, text(left - 8, Number(place([x.from, at]).split(" ")[1]) + 4, words, "end")]),
    text(left + plotWidth / 2, top + plotHeight + 36, x.label, "middle"),
    text(16, top - 12, y.label),
    ...behind.map((points) => `<path d="${line(points)}" fill="none" stroke="${BLUE}" stroke-opacity="0.15"/>`),
    `<path d="${line(curve)}" fill="none" stroke="${BLUE}" stroke-width="2.5"/>`,
    ...marks.flatMap((mark) => {
      const [cx, cy] = place([mark.x, mark.y]).split(" ").map(Number) as [number, number];
      return [`<circle cx="${cx}" cy="${cy}" r="5" fill="${ORANGE}"/>`, text(cx + 10, cy - 8, mark.words)];
    }),
  ]);
}

export interface BarsInput {
  readonly title: string;
  readonly label: string;
  readonly bars: readonly { readonly name: string; readonly value: number; readonly low: number; readonly high: number }[];
}

/** Bars with their intervals. */
export function drawBars({ title, label, bars }: BarsInput): string {
  const [width, top, left, plotWidth, step] = [760, 56, 190, 500, 24];
  const [from, to] = [Math.min(0, ...bars.map(({ low }) => low)), Math.max(...bars.map(({ high }) => high))];
  const place = (value: number): number => round(left + ((value - from) / (to - from)) * plotWidth);
  return picture(width, top + bars.length * step + 36, title, [
    ...bars.flatMap(({ name, value, low, high }, i) => {
      const y = top + i * step;
      const [start, end] = [Math.min(place(0), place(value)), Math.max(place(0), place(value))];
      return [
        text(left - 10, y + 12, name, "end"),
        `<rect x="${start}" y="${y}" width="${round(end - start)}" height="16" fill="${BLUE}" fill-opacity="0.75"/>`,
        `<path d="M${place(low)} ${y + 8}H${place(high)}M${place(low)} ${y + 4}v8M${place(high)} ${y + 4}v8" stroke="${INK}"/>`,
        text(place(Math.max(high, 0)) + 8, y + 12, value.toFixed(3)),
      ];
    }),
    text(left, top + bars.length * step + 20, label),
  ]);
}

function picture(width: number, height: number, title: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="${INK}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="16" y="26" font-size="15" font-weight="600">${escaped(title)}</text>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

function text(x: number, y: number, words: string, anchor = "start"): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
