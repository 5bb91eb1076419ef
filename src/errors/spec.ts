import { describeValue } from "./describe";
import { ClienteleError } from "./error";

/** Makes a saved form of an earlier version one of the current version; undefined for a version it does not know. */
export type SpecUpgrade = (reader: SpecReader, version: unknown) => Readonly<Record<string, unknown>> | undefined;

/**
 * Reads the parts of a saved model out of untrusted JSON. Every reader names the function, the field and what is wrong.
 */
export class SpecReader {
  readonly #caller: string;
  readonly #path: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  private constructor(caller: string, path: string, fields: Readonly<Record<string, unknown>>) {
    this.#caller = caller;
    this.#path = path;
    this.#fields = fields;
  }

  /** Opens a saved form, if it is of this kind and of a version that can be read: the current one, or an earlier one that `upgrade` turns into it. */
  static open(caller: string, value: unknown, kind: string, version: number, upgrade?: SpecUpgrade): SpecReader {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      const hint = typeof value === "string" ? " (parse the text with JSON.parse first)" : "";
      throw new ClienteleError("invalidSpec", `a saved model must be an object; got ${describeValue(value)}${hint}`, { caller });
    }
    const reader = new SpecReader(caller, "", value as Record<string, unknown>);
    const foundKind = reader.#read("kind");
    if (foundKind !== kind) {
      const got = typeof foundKind === "string" ? JSON.stringify(foundKind.slice(0, 40)) : describeValue(foundKind);
      throw reader.#refuse("kind", JSON.stringify(kind), got);
    }
    const foundVersion = reader.#read("version");
    const upgraded = foundVersion === version ? undefined : upgrade?.(reader, foundVersion);
    if (upgraded !== undefined) return new SpecReader(caller, "", upgraded);
    if (foundVersion !== version) throw reader.#refuse("version", `${version} (the version this release reads)`, describeValue(foundVersion));
    return reader;
  }

  object(name: string): SpecReader {
    const value = this.#read(name);
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw this.#refuse(name, "an object", describeValue(value));
    return new SpecReader(this.#caller, `${this.#path}${name}.`, value as Record<string, unknown>);
  }

  /** An object, or null where the model has none. */
  optionalObject(name: string): SpecReader | undefined {
    return this.#read(name) === null ? undefined : this.object(name);
  }

  objects(name: string): SpecReader[] {
    return this.list(name).map((value, i) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) throw this.#refuse(`${name}[${i}]`, "an object", describeValue(value));
      return new SpecReader(this.#caller, `${this.#path}${name}[${i}].`, value as Record<string, unknown>);
    });
  }

  list(name: string, length?: number): readonly unknown[] {
    const value = this.#read(name);
    if (!Array.isArray(value)) throw this.#refuse(name, "an array", describeValue(value));
    if (length !== undefined && value.length !== length) throw this.#refuse(name, `an array of ${length}`, `one of ${value.length}`);
    return value as unknown[];
  }

  number(name: string): number {
    return this.#number(name, this.#read(name));
  }

  /** A number, or null where the model has none. */
  optionalNumber(name: string): number | undefined {
    const value = this.#read(name);
    return value === null ? undefined : this.#number(name, value);
  }

  atLeast(name: string, min: number): number {
    const value = this.number(name);
    if (value < min) throw this.#refuse(name, `a number of at least ${min}`, String(value));
    return value;
  }

  /** A whole number of at least 0. */
  count(name: string): number {
    const value = this.number(name);
    if (!Number.isSafeInteger(value) || value < 0) throw this.#refuse(name, "a whole number of at least 0", String(value));
    return value;
  }

  boolean(name: string): boolean {
    const value = this.#read(name);
    if (typeof value !== "boolean") throw this.#refuse(name, "true or false", describeValue(value));
    return value;
  }

  /** A part that has a reader of its own. */
  value(name: string): unknown {
    return this.#read(name);
  }

  text(name: string): string {
    return this.#text(name, this.#read(name));
  }

  oneOf<const Value extends string>(name: string, values: readonly Value[]): Value {
    const value = this.#read(name);
    if (!values.includes(value as Value)) throw this.#refuse(name, `one of ${values.map((v) => JSON.stringify(v)).join(", ")}`, describeValue(value));
    return value as Value;
  }

  numbers(name: string, length?: number): Float64Array {
    return Float64Array.from(this.list(name, length), (value, i) => this.#number(`${name}[${i}]`, value));
  }

  texts(name: string, length?: number): string[] {
    return this.list(name, length).map((value, i) => this.#text(`${name}[${i}]`, value));
  }

  /** Rows of numbers, all of the given width, as one row-major array. */
  numberRows(name: string, width: number): Float64Array {
    const rows = this.list(name);
    const values = new Float64Array(rows.length * width);
    rows.forEach((row, i) => {
      if (!Array.isArray(row) || row.length !== width) throw this.#refuse(`${name}[${i}]`, `an array of ${width} numbers`, describeValue(row));
      row.forEach((value, j) => (values[i * width + j] = this.#number(`${name}[${i}][${j}]`, value)));
    });
    return values;
  }

  /** The refusal of a field that is well formed, and wrong for a reason only the model knows. */
  refuse(name: string, rule: string): ClienteleError {
    return this.#refuse(name, rule, describeValue(this.#read(name)));
  }

  #read(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
  }

  #number(name: string, value: unknown): number {
    if (typeof value !== "number" || !Number.isFinite(value)) throw this.#refuse(name, "a finite number", describeValue(value));
    return value;
  }

  #text(name: string, value: unknown): string {
    if (typeof value !== "string") throw this.#refuse(name, "a text", describeValue(value));
    return value;
  }

  #refuse(name: string, rule: string, got: string): ClienteleError {
    const field = this.#path + name;
    return new ClienteleError("invalidSpec", `${field} must be ${rule}; got ${got}`, { caller: this.#caller, parameter: field, rule });
  }
}
