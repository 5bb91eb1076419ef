import type { RandomStream } from "../../src/numeric/random/random-stream";

/** Stands in every text of a record and in every error that one throws: no message may hold it. */
export const SECRET = "Geheim";

const HUGE_TEXT = `${SECRET}${"x".repeat(1_000_000)}`;

/** Makes one value; those of a kind are what one careless program writes into one field. */
type MakeValue = (random: RandomStream) => unknown;

export function pick<Item>(random: RandomStream, items: readonly Item[]): Item {
  return items[random.nextInteger(items.length)]!;
}

const fail = (): never => {
  throw new Error(SECRET);
};

/** Numbers that break careless programs, all of them finite. */
const NUMBERS = [0, -0, 1, -1, 0.1, 1.5, 999, 17850, 2 ** 31, 2 ** 53, -(2 ** 53) - 2, 5e-324, -5e-324, 1.7976931348623157e308, 1e21, 1709287200000] as const;

/** Texts: blanks, NUL, marks of direction, lone surrogates, numbers in disguise, code. */
const TEXTS = [
  "", " ", "\t\n", "\u00a0\u3000", "\0", `${SECRET}\0`, `\u202e${SECRET}\u202c`, `\u200f${SECRET}`, "\u200b", "\ufeff", "\ud800", `${SECRET}\udc00`, "\udbff\udfff", "e\u0301", "👨‍👩‍👧",
  "__proto__", "constructor", "toString", "null", "undefined", "NaN", "Infinity", "-0", "1e400", "0x1f", "1,234.50", "1.234,50 €", "(12)", "12.5 %", "١٢", "17850.0", "007", "9".repeat(40),
  "true", "no", "Ja", "2024-03-01", "2024-02-30", "31.12.2026", "1709287200", `${SECRET}@example.com`, "a@münchen.example", "+49 30 1234567", `=cmd|'${SECRET}'!A1`, `<script>${SECRET}</script>`,
  `'; DROP TABLE ${SECRET}; --`, `\${${SECRET}}`, `%s%n${SECRET}`, SECRET, `${SECRET} ${"́".repeat(200)}`,
] as const;

class Customer {
  readonly id = SECRET;
  readonly #age = 41;
  get age(): number {
    return this.#age;
  }
}

class LateDate extends Date {}

function cyclic(): object {
  const value: Record<string, unknown> = { name: SECRET };
  value["self"] = value;
  return value;
}

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const throwingTraps: ProxyHandler<object> = { get: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail, getPrototypeOf: fail };

/** What no column can hold. */
const NO_CELLS: readonly MakeValue[] = [
  () => Infinity,
  () => -Infinity,
  () => new Date(NaN),
  () => Symbol(SECRET),
  () => fail,
  () => ({ name: SECRET }),
  () => [],
  () => [SECRET],
  () => new Array<unknown>(3),
  () => cyclic(),
  () => Object.freeze({ [SECRET]: SECRET }),
  () => new Map([[SECRET, SECRET]]),
  () => new Float64Array(3),
  () => new DataView(new ArrayBuffer(2)),
  () => new Number(5),
  () => new String(SECRET),
  () => new Boolean(false),
  () => Object(1n) as unknown,
  () => new Customer(),
  () => ({ valueOf: fail, toString: fail, [Symbol.toPrimitive]: fail, toJSON: fail }),
  () => Object.create(null) as unknown,
  () => Object.create(Date.prototype) as unknown,
  () => new Proxy(new Date(0), {}),
  () => new Proxy({}, throwingTraps),
  () => revoked({}),
  () => revoked([]),
  () => Promise.resolve(SECRET),
  () => new WeakMap(),
  () => /(a+)+$/,
  () => new Error(SECRET),
];

const MISSING: readonly MakeValue[] = [() => null, () => undefined, () => NaN];
const TIMES: readonly MakeValue[] = [
  () => new Date(0),
  () => new Date(-1),
  () => new Date(8.64e15),
  () => new Date(-8.64e15),
  (random) => new Date(random.nextInteger(2 ** 31) * 1000),
  () => new LateDate(5),
  () => Object.freeze(new Date(7)),
];

/** The values that one field can have: of one kind and missing ones, or of all kinds. */
const KINDS: Readonly<Record<string, readonly MakeValue[]>> = {
  number: [(random) => pick(random, NUMBERS), (random) => pick(random, NUMBERS), (random) => random.nextFloat() * 100 - 50, (random) => random.nextInteger(5), ...MISSING],
  text: [(random) => pick(random, TEXTS), (random) => pick(random, TEXTS), (random) => `${SECRET} ${random.nextInteger(9)}`, () => 2n ** 64n, ...MISSING],
  boolean: [() => true, () => false, ...MISSING],
  time: [...TIMES, ...MISSING],
  missing: MISSING,
  notANumber: [() => NaN, () => null],
  textOrNumber: [(random) => pick(random, TEXTS), (random) => pick(random, NUMBERS), () => true, () => -7n, ...MISSING],
  any: [(random) => pick(random, NO_CELLS)(random), (random) => pick(random, TEXTS), (random) => pick(random, NUMBERS), (random) => pick(random, TIMES)(random), () => false, ...MISSING],
};

/** Names that mean something to JavaScript, or to careless code. */
export const FIELDS = [
  "__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "toJSON", "then", "length", "__defineGetter__", "~standard",
  "0", "1", "-1", "01", "1.5", "4294967295", "NaN", "null", "undefined", "", " ", "\0", "\ud800", "\u202ex", "年龄", "a.b", "a[0]", "`", '"', "x".repeat(300),
  "id", "id", "age", "email", "income", "birthDate", "registeredAt", "customerId", "timestamp", "amount", "currency", "channel", "direction", "plan",
] as const;

/** Sets a field as a parser would: also one called `__proto__`. */
function setField(record: object, name: string, value: unknown): void {
  Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Forms of the same record: each has the same own fields, or cannot be read. */
const FORMS: readonly ((record: Record<string, unknown>, random: RandomStream) => unknown)[] = [
  (record) => Object.freeze(record),
  (record) => Object.setPrototypeOf(record, null) as unknown,
  (record) => Object.setPrototypeOf(record, Customer.prototype) as unknown,
  (record) => Object.setPrototypeOf(record, { inherited: SECRET, id: SECRET }) as unknown,
  (record) => Object.setPrototypeOf(record, new Map()) as unknown,
  (record) => new Proxy(record, {}),
  (record) => Object.defineProperty(record, "hidden", { value: SECRET, enumerable: false }),
  (record) => Object.assign(record, { [Symbol(SECRET)]: SECRET }),
  (record, random) => Object.defineProperty(record, pick(random, FIELDS), { get: () => 41, enumerable: true, configurable: true }),
];

/** Records that no program can read, and what is no record at all. */
const NO_RECORDS: readonly MakeValue[] = [
  (random) => Object.defineProperty({ id: SECRET }, pick(random, FIELDS), { get: fail, enumerable: true, configurable: true }),
  () => new Proxy({ id: SECRET }, throwingTraps),
  () => new Proxy({ id: SECRET }, { get: fail }),
  () => new Proxy({ id: SECRET }, { ownKeys: () => ["id", "id"] }),
  () => revoked({}),
  () => revoked([]),
  () => revoked(() => undefined),
  () => null,
  () => undefined,
  () => SECRET,
  () => 41,
  () => 1n,
  () => true,
  () => Symbol(SECRET),
  () => fail,
  () => [],
  () => [{ id: SECRET }],
  () => new Proxy([], {}),
  () => Promise.reject(new Error(SECRET)).catch(() => undefined),
  () => new Date(0),
  () => new Uint8Array(2),
  () => new String("ab"),
  () => new Map([["id", SECRET]]),
  () => cyclic(),
  () => new Customer(),
];

/** How many records of a list are wild: none, some, or all. */
const WILD_SHARES = [0, 0, 0, 0.02, 0.3, 1] as const;

/** Fields that make a customer, a transaction and an interaction of a record, each by a rule of its own. */
const REQUIRED: readonly (readonly [name: string, make: MakeValue])[] = [
  ["id", (random) => `${SECRET} ${random.nextInteger(1e6)}`],
  ["customerId", (random) => random.nextInteger(1000)],
  ["timestamp", (random) => pick(random, TIMES)(random)],
  ["amount", (random) => pick(random, NUMBERS)],
  ["channel", () => SECRET],
];

/**
 * A list of records as a hostile or broken source may send it. Mostly each field keeps to one kind of values, so that many lists
 * can be read; the wild records are whatever there is.
 */
export function makeHostileList(random: RandomStream): unknown[] {
  const fields = new Set(Array.from({ length: 1 + random.nextInteger(8) }, () => pick(random, FIELDS)));
  const kindNames = random.nextInteger(4) > 0 ? ["number", "text", "boolean", "time", "missing", "notANumber"] : Object.keys(KINDS);
  const makers = Array.from(fields, (name) => [name, KINDS[pick(random, kindNames)]!] as const);
  const isNearlyRight = random.nextInteger(3) === 0;
  const wildShare = pick(random, WILD_SHARES);
  const isSparse = random.nextInteger(2) === 0;
  return Array.from({ length: random.nextInteger(40) }, () => {
    if (random.nextFloat() < wildShare * 0.5) return pick(random, NO_RECORDS)(random);
    const record: Record<string, unknown> = {};
    if (isNearlyRight) for (const [name, make] of REQUIRED) setField(record, name, make(random));
    for (const [name, kind] of makers) {
      if (isNearlyRight && Object.hasOwn(record, name)) continue;
      if (isSparse && random.nextInteger(5) === 0) continue;
      setField(record, name, random.nextInteger(20_000) === 0 ? HUGE_TEXT : pick(random, kind)(random));
    }
    return random.nextFloat() < wildShare ? pick(random, FORMS)(record, random) : record;
  });
}
