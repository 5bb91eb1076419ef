import { expect, test } from "vitest";
import { runCooperatively, runToEnd, type Progress, type Steps } from "clientele/steps";
import { expectRefusal } from "../support/errors";

function* counting(total: number, log: string[] = []): Steps<string> {
  try {
    for (let done = 1; done <= total; done++) yield { phase: "counting", done, total };
    return "counted";
  } finally {
    log.push("cleaned up");
  }
}

test("both ways give the result", async () => {
  expect(runToEnd(counting(3))).toBe("counted");
  const seen: Progress[] = [];
  expect(await runCooperatively(counting(3), { onProgress: (progress) => seen.push(progress) })).toBe("counted");
  expect(seen).toEqual([1, 2, 3].map((done) => ({ phase: "counting", done, total: 3 })));
});

test("the event loop gets turns between slices", async () => {
  let turns = 0;
  let isWatching = true;
  const watch = (): void => {
    turns++;
    if (isWatching) setImmediate(watch);
  };
  setImmediate(watch);
  await runCooperatively(counting(50));
  isWatching = false;
  expect(turns).toBeGreaterThan(10);
});

test("an aborted signal stops the work with a named error and lets it clean up", async () => {
  const controller = new AbortController();
  const log: string[] = [];
  const run = runCooperatively(counting(1000, log), {
    signal: controller.signal,
    onProgress: ({ done }) => {
      if (done === 5) controller.abort();
    },
  });
  await expect(run).rejects.toMatchObject({ name: "ClienteleError", code: "aborted" });
  expect(log).toEqual(["cleaned up"]);
});

test("an error of the work is passed on", async () => {
  // eslint-disable-next-line require-yield
  function* failing(): Steps<never> {
    throw new RangeError("inside");
  }
  await expect(runCooperatively(failing())).rejects.toThrow(RangeError);
});

test.each([[null], [undefined], [5], [{}], [[]], [{ next: 1 }], [{ featureNames: [] }]])("what is no sliced work is refused by name: %j", async (steps) => {
  const message = "steps must be the result of a …Steps function";
  expectRefusal(() => runToEnd(steps as never), "invalidInput", `runToEnd: ${message}`);
  await expect(runCooperatively(steps as never)).rejects.toMatchObject({ code: "invalidInput", details: { caller: "runCooperatively", parameter: "steps" } });
});

test.each([
  ["onProgress", { onProgress: "x" }],
  ["onProgress", { onProgress: null }],
  ["signal", { signal: 5 }],
  ["signal", { signal: null }],
])("options of the wrong type are refused before the work begins: %s", async (parameter, options) => {
  await expect(runCooperatively(counting(1), options as never)).rejects.toMatchObject({ code: "invalidOption", details: { parameter } });
});
