import { MISSING_BOOLEAN, type Column } from "../../data/column";
import type { Table } from "../../data/table";
import type { Steps } from "../../steps/steps";
import { Pace } from "./pace";
import type { ColumnProfile, DependencyCandidate } from "./table-profile";
import { positionIn, valueRunsSteps } from "./value-runs";

/** At most so many columns, the first ones, are tried with each other. */
const MAX_COLUMNS = 50;
/** A pair is tried on so many rows first, and given up below this share if at least so many of them are in groups. */
const SCREENED_ROWS = 10_000;
const MIN_SCREENED_SHARE = 0.9;
const MIN_SCREENED_EVIDENCE = 200;

const MIN_SHARE = 0.95;
/** Where one value of `to` is frequent anyway, knowing `from` must do away with so much of what is left (Goodman and Kruskal's lambda). */
const MIN_LAMBDA = 0.9;

/** The codes of a column, −1 for missing, and how many there are. */
interface CodedColumn {
  readonly name: string;
  readonly codes: Int32Array;
  readonly codeCount: number;
  readonly distinctCount: number;
}

/** The rows of a column that are present, those of one code together: rows of code c from `starts[c]` to `starts[c + 1]`. */
interface RowsByCode {
  readonly rows: Int32Array;
  readonly starts: Int32Array;
}

/**
 * Columns that determine another one, but for a few rows: texts, whole numbers and true and false, with at least two different values
 * and on average at least two rows for each.
 */
export function* dependenciesSteps(table: Table, profiles: readonly ColumnProfile[]): Steps<DependencyCandidate[]> {
  const { rowCount } = table;
  const tried = profiles.filter((profile) => isCategoryLike(profile, rowCount)).slice(0, MAX_COLUMNS);
  const pace = new Pace("find dependencies", tried.length);
  const columns: CodedColumn[] = [];
  for (const { name, distinctCount } of tried) columns.push({ name, distinctCount, ...(yield* codesSteps(table.columns.get(name)!, pace)) });

  const found: DependencyCandidate[] = [];
  for (const from of columns) {
    const stride = Math.max(1, Math.floor(rowCount / SCREENED_ROWS));
    const screened = groupByCode(from, stride);
    const all = stride === 1 ? screened : groupByCode(from, 1);
    if (pace.spend(20 * rowCount)) yield pace.progress;
    for (const to of columns) {
      if (to === from || to.distinctCount > 2 * from.distinctCount) continue;
      const work = new Int32Array(2 * to.codeCount);
      if (stride > 1) {
        const screening = judge(screened, to, work);
        if (pace.spend(30 * screened.rows.length)) yield pace.progress;
        if (screening.rows >= MIN_SCREENED_EVIDENCE && screening.share < MIN_SCREENED_SHARE) continue;
      }
      const { share, groups, lambda } = judge(all, to, work);
      if (share >= MIN_SHARE && lambda >= MIN_LAMBDA && groups > 1) found.push({ from: from.name, to: to.name, share, groups });
      if (pace.spend(30 * rowCount)) yield pace.progress;
    }
    pace.done++;
  }
  return found;
}

function isCategoryLike(profile: ColumnProfile, rowCount: number): boolean {
  const present = rowCount - profile.missingCount;
  if (profile.distinctCount < 2 || 2 * profile.distinctCount > present) return false;
  if (profile.type === "number") return profile.wholeCount === present;
  if (profile.type === "category") return profile.numbers === null || profile.numbers.wholeCount === profile.numberForm?.count;
  return profile.type === "boolean";
}

function* codesSteps(column: Column, pace: Pace): Steps<{ readonly codes: Int32Array; readonly codeCount: number }> {
  if (column.type === "category") return { codes: column.codes, codeCount: column.categories.length };
  if (column.type === "boolean") return { codes: Int32Array.from(column.values, (value) => (value === MISSING_BOOLEAN ? -1 : value)), codeCount: 2 };
  const { values } = yield* valueRunsSteps(column.values, pace);
  const codes = new Int32Array(column.values.length);
  for (let row = 0; row < codes.length; row++) {
    const value = column.values[row]!;
    codes[row] = value === value ? positionIn(values, value) : -1;
    if (pace.spend(60)) yield pace.progress;
  }
  return { codes, codeCount: values.length };
}

/** Groups every `stride`th row by its code, in the order of the rows. */
function groupByCode({ codes, codeCount }: CodedColumn, stride: number): RowsByCode {
  const starts = new Int32Array(codeCount + 1);
  for (let row = 0; row < codes.length; row += stride) if (codes[row]! >= 0) starts[codes[row]! + 1]!++;
  for (let code = 0; code < codeCount; code++) starts[code + 1]! += starts[code]!;
  const next = starts.slice(0, codeCount);
  const rows = new Int32Array(starts[codeCount]!);
  for (let row = 0; row < codes.length; row += stride) {
    const code = codes[row]!;
    if (code >= 0) rows[next[code]!++] = row;
  }
  return { rows, starts };
}

interface Judgement {
  /** Rows in groups of at least two. */
  readonly rows: number;
  readonly groups: number;
  readonly share: number;
  readonly lambda: number;
}

/** How well groups of rows agree in a column. `work` holds two counts for each of its codes, all 0, and is left so. */
function judge({ rows, starts }: RowsByCode, { codes, codeCount }: CodedColumn, work: Int32Array): Judgement {
  let groups = 0;
  let inGroups = 0;
  let agreeing = 0;
  for (let group = 0; group + 1 < starts.length; group++) {
    const start = starts[group]!;
    const end = starts[group + 1]!;
    if (end - start < 2) continue;
    let present = 0;
    let most = 0;
    for (let i = start; i < end; i++) {
      const code = codes[rows[i]!]!;
      if (code < 0) continue;
      present++;
      const count = ++work[code]!;
      if (count > most) most = count;
    }
    for (let i = start; i < end; i++) {
      const code = codes[rows[i]!]!;
      if (code < 0) continue;
      work[code] = 0;
      if (present > 1) work[codeCount + code]!++;
    }
    if (present < 2) continue;
    groups++;
    inGroups += present;
    agreeing += most;
  }
  let mostOverall = 0;
  for (let code = 0; code < codeCount; code++) {
    mostOverall = Math.max(mostOverall, work[codeCount + code]!);
    work[codeCount + code] = 0;
  }
  const unexplained = inGroups - mostOverall;
  return { rows: inGroups, groups, share: inGroups === 0 ? 0 : agreeing / inGroups, lambda: unexplained === 0 ? 0 : (agreeing - mostOverall) / unexplained };
}
