import type { AnalysisInput } from "clientele";

const markup = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>";

/** A small shop whose names and texts are long, foreign or hostile; every part of its analysis can run. */
export function awkwardShop(): AnalysisInput {
  const customers = Array.from({ length: 160 }, (_, i) => ({
    id: `${i}-${i % 40 === 0 ? markup : "customer-with-a-very-long-identifier-without-any-blank"}`,
    monthly_charge_including_value_added_tax_and_fees: 20 + ((i * 37) % 90),
    tenure: (i * 13) % 72,
    "Vertragslaufzeit (Monate) — Kündigungsfrist": (i * 7) % 24,
    plan: ["basic", "Überlängenpaketbezeichnungsbeispiel", markup][i % 3],
    left: (i * 13) % 72 < 20 + ((i * 11) % 30) ? "yes" : "no",
  }));
  const transactions = customers.flatMap(({ id }, i) =>
    Array.from({ length: 1 + (i % 6) }, (_, order) => ({
      customerId: id,
      timestamp: `2025-${String(1 + ((i + 2 * order) % 12)).padStart(2, "0")}-${String(1 + ((i * 5 + order) % 28)).padStart(2, "0")}T10:00:00Z`,
      amount: 15 + ((i * 17 + order * 29) % 400),
    })),
  );
  return {
    customers,
    transactions,
    fields: { id: "id", value: "monthly_charge_including_value_added_tax_and_fees" },
    churn: { label: "left", positive: "yes" },
    lifetimeValue: { horizon: { months: 3 }, annualDiscountRate: 0.1, margin: 0.3 },
    asOf: "2026-01-01",
    timeZone: "Europe/Berlin",
  };
}
