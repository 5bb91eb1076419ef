import { empiricalValueFromSpec, empiricalValueSteps, fitEmpiricalValue, type EmpiricalValueOptions } from "clientele/clv";
import { tableFromColumns, type Table } from "clientele/data";
import { EMPIRICAL_VALUE_OPTIONS } from "../../../src/clv/empirical/fit";
import { answersFrom, subject, untyped } from "../definition";

const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2024, 0, 1);

/** Orders over two years; customers differ in how often and how recently they buy. */
function orders(customerCount: number): Table {
  const rows = Array.from({ length: customerCount }, (_, customer) =>
    Array.from({ length: 1 + (customer % 12) }, (_unused, i) => ({
      customerId: `c${customer}`,
      timestamp: new Date(FIRST_DAY + (((customer * 17) % 40) + i * (20 + (customer % 60))) * DAY),
      amount: 5 + ((customer * 31 + i * 7) % 90),
    })).filter(({ timestamp }) => timestamp.getTime() < FIRST_DAY + 730 * DAY),
  ).flat();
  return tableFromColumns({ customerId: rows.map((row) => row.customerId), timestamp: rows.map((row) => row.timestamp), amount: rows.map((row) => row.amount) });
}

const OPTIONS: EmpiricalValueOptions = { asOf: "2025-12-30", horizon: { months: 6 }, annualDiscountRate: 0.1, margin: 0.4 };

const fitted = () => fitEmpiricalValue(orders(120), OPTIONS);
const amountsWith = (value: number): Table => {
  const table = orders(120);
  const amount = table.columns.get("amount");
  if (amount?.type === "number") amount.values[3] = value;
  return table;
};

interface Rows {
  readonly frequency: Float64Array;
  readonly daysSinceLast: Float64Array;
}

export const empiricalValue = subject({
  name: "empirical value",
  fits: ["fitEmpiricalValue"],
  reader: "empiricalValueFromSpec",
  read: empiricalValueFromSpec,
  train: (size) => ({ transactions: orders(size === "small" ? 1200 : 2400), options: structuredClone(OPTIONS) }),
  fit: ({ transactions, options }) => fitEmpiricalValue(transactions, options),
  steps: ({ transactions, options }) => empiricalValueSteps(transactions, options),
  rows: (): Rows => ({ frequency: Float64Array.of(0, 1, 3, 9, 0, 200), daysSinceLast: Float64Array.of(10, 400, 30, 2, 9999, 0) }),
  rowCount: 6,
  take: ({ frequency, daysSinceLast }, positions): Rows => ({
    frequency: Float64Array.from(positions, (row) => frequency[row]!),
    daysSinceLast: Float64Array.from(positions, (row) => daysSinceLast[row]!),
  }),
  predict: (model, rows) => model.predict(rows),
  answers: ({ group, purchaseProbability, expectedPurchases, expectedValue, low, high }, { frequency }) =>
    answersFrom(frequency.length, group, purchaseProbability, expectedPurchases, expectedValue, low, high),
  options: [
    {
      name: "fitEmpiricalValue",
      caller: "fitEmpiricalValue",
      table: EMPIRICAL_VALUE_OPTIONS,
      accepted: { asOf: "2025-12-30", horizon: { months: 6 } },
      call: (options) => fitEmpiricalValue(orders(120), untyped(options)),
    },
  ],
  doors: { fitEmpiricalValue: (transactions: never) => fitEmpiricalValue(transactions, OPTIONS) },
  hostile: {
    "fit: NaN": { refused: "invalidInput", run: () => fitEmpiricalValue(amountsWith(NaN), OPTIONS) },
    "fit: infinity": { refused: "nonFinite", run: () => fitEmpiricalValue(amountsWith(Infinity), OPTIONS) },
    "fit: no rows": { refused: "tooFewRows", run: () => fitEmpiricalValue(tableFromColumns({ customerId: [], timestamp: [], amount: [] }, { types: { timestamp: "timestamp", amount: "number" } }), OPTIONS) },
    "fit: one row": { refused: "tooFewRows", run: () => fitEmpiricalValue(tableFromColumns({ customerId: ["c"], timestamp: [new Date(FIRST_DAY)], amount: [5] }), OPTIONS) },
    "fit: constant column": {
      accepted: "equal customers are one group",
      run: () =>
        fitEmpiricalValue(
          tableFromColumns({ customerId: Array.from({ length: 40 }, (_, i) => `c${i}`), timestamp: Array.from({ length: 40 }, () => new Date(FIRST_DAY)), amount: new Float64Array(40).fill(5) }),
          OPTIONS,
        ),
    },
    "fit: lengths differ": { impossible: "the columns of a table have one length" },
    "predict: NaN": { refused: "nonFinite", run: () => fitted().predict({ frequency: [NaN], daysSinceLast: [1] }) },
    "predict: infinity": { refused: "nonFinite", run: () => fitted().predict({ frequency: [1], daysSinceLast: [Infinity] }) },
    "predict: no rows": { accepted: "no rows", run: () => fitted().predict({ frequency: [], daysSinceLast: [] }) },
    "predict: other columns": { refused: "lengthMismatch", run: () => fitted().predict({ frequency: [1, 2], daysSinceLast: [1] }) },
  },
  exempt: {},
});
