/** A report before it has a format: what is said, not how it looks. Texts are plain and are escaped by the renderers. */
export interface ReportDocument {
  readonly title: string;
  /** One line under the title: what was analysed, as of when. */
  readonly subtitle: string;
  readonly figures: readonly Figure[];
  readonly sections: readonly Section[];
}

/** A number that stands out at the head of the report. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  /** What the number is to be compared with. */
  readonly note: string;
}

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block = Paragraph | Note | DataTable | BarChart;

export interface Paragraph {
  readonly kind: "paragraph";
  readonly text: string;
}

/** A limit or a reason, set apart from the findings. */
export interface Note {
  readonly kind: "note";
  readonly text: string;
}

export interface DataTable {
  readonly kind: "table";
  readonly caption: string;
  readonly columns: readonly { readonly title: string; readonly align: "left" | "right" }[];
  readonly rows: readonly (readonly string[])[];
}

/** Horizontal bars, one for each item, from 0 to the largest value. */
export interface BarChart {
  readonly kind: "bars";
  readonly caption: string;
  readonly bars: readonly { readonly label: string; readonly value: number; readonly text: string }[];
  /** A vertical line for comparison, such as the average. */
  readonly reference?: { readonly value: number; readonly label: string } | undefined;
}

export function paragraph(text: string): Paragraph {
  return { kind: "paragraph", text };
}

export function note(text: string): Note {
  return { kind: "note", text };
}

/** A table whose columns are text (`left`) or numbers (`right`), written as `"<title"` and `">title"`. */
export function dataTable(caption: string, titles: readonly `${"<" | ">"}${string}`[], rows: readonly (readonly string[])[]): DataTable {
  const columns = titles.map((title) => ({ title: title.slice(1), align: title.startsWith("<") ? ("left" as const) : ("right" as const) }));
  return { kind: "table", caption, columns, rows };
}
