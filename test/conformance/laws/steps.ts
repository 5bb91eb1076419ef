import { ClienteleError } from "clientele";
import { runCooperatively, type Progress } from "clientele/steps";
import { expect } from "vitest";
import type { Law } from "../definition";

export const stepLaws = {
  "the fit in slices gives the same bits": async ({ fit, train, steps }) => {
    if (steps === undefined) throw new Error("no steps: declare the law exempt");
    for (const size of ["small", "large"] as const) {
      expect(JSON.stringify(await runCooperatively(steps(train(size))))).toBe(JSON.stringify(fit(train(size))));
    }
  },

  "the fit in slices yields its progress": async ({ train, steps }) => {
    if (steps === undefined) throw new Error("no steps: declare the law exempt");
    const seen: Progress[] = [];
    await runCooperatively(steps(train("large")), { onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBeGreaterThan(2);
    for (const { phase, done, total } of seen) {
      expect(phase).not.toBe("");
      expect(done).toBeGreaterThanOrEqual(0);
      expect(done).toBeLessThanOrEqual(total);
    }
  },

  "the fit in slices stops at a signal": async ({ train, steps }) => {
    if (steps === undefined) throw new Error("no steps: declare the law exempt");
    const controller = new AbortController();
    let slices = 0;
    const stopped = runCooperatively(steps(train("large")), {
      signal: controller.signal,
      onProgress: () => {
        slices++;
        controller.abort();
      },
    });
    await expect(stopped).rejects.toThrow(ClienteleError);
    expect(slices).toBe(1);
  },
} satisfies Record<string, Law>;
