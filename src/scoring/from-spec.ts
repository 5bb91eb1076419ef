import { checkList, checkShape } from "../errors/check";
import { ClienteleError } from "../errors/error";
import { SpecReader } from "../errors/spec";
import type { EncoderModel } from "../features/encode/model";
import { findCalibratorConflict, findPartConflict, type Calibrator, type CleaningStage, type PartReader, type PipelineOf, type PipelineStages, type Scaler } from "./part";
import type { Pipeline } from "./pipeline";

const PART_ORDER = ["cleaning", "encoder", "scaler", "model", "calibrator"] as const;
const ORDER_RULE = "a cleaning or none, an encoder, a scaler or none, a model, and a calibrator or none, in this order";

/** The kinds of part that this release writes; the reader of each is called `<kind>Reader`. */
const PART_KINDS: readonly string[] = ["cleaning", "encoder", "standardScaler", "robustScaler", "minMaxScaler", "logScaler", "kMeans", "logisticRegression", "platt", "isotonic", "temperature"];

/**
 * Makes a pipeline of its saved form, which may come from anywhere: every field is checked.
 *
 * It is given the readers that the saved parts need, so that a bundle holds the code of these parts and of no other.
 * The reader of the model decides the type: with `logisticRegressionReader` the pipeline has `predictProbability(table)`,
 * with `kMeansReader` it has `predict(table)`.
 *
 * @param value - parsed JSON
 * @param readers - one for each kind of part that may occur, in any order
 * @throws ClienteleError `invalidSpec` naming the field that is wrong, `missingReader` naming the reader to import.
 * @example
 * ```ts
 * import { fitKMeans } from "clientele/segmentation";
 * import { tableFromColumns } from "clientele/data";
 * import { fitEncoder, fitStandardScaler } from "clientele/features";
 * import { composePipeline, encoderReader, kMeansReader, pipelineFromSpec, standardScalerReader } from "clientele/scoring";
 *
 * const customers = tableFromColumns({ orders: [1, 2, 1, 30, 31], spend: [20, 30, 10, 900, 950] });
 * const { encoder, matrix } = fitEncoder(customers, [{ column: "orders", as: "number" }, { column: "spend", as: "number" }]);
 * const scaler = fitStandardScaler(matrix);
 * const saved = JSON.stringify(composePipeline({ encoder, scaler, model: fitKMeans(scaler.apply(matrix), { k: 2 }) }));
 *
 * const pipeline = pipelineFromSpec(JSON.parse(saved), [encoderReader, standardScalerReader, kMeansReader]);
 * console.log(pipeline.predict(tableFromColumns({ orders: [3, 28], spend: [40, 800] }))); // Int32Array [0, 1]
 * ```
 */
export function pipelineFromSpec<Reader extends PartReader>(value: unknown, readers: readonly Reader[]): PipelineOf<Reader>;
export function pipelineFromSpec(value: unknown, readers: readonly PartReader[]): Pipeline {
  const caller = "pipelineFromSpec";
  checkList(caller, "readers", readers);
  readers.forEach((reader, i) => {
    checkShape(caller, `readers[${i}]`, reader, "a reader such as encoderReader", ({ kind, read }) => typeof kind === "string" && typeof read === "function");
  });
  const spec = SpecReader.open(caller, value, "pipeline", 2, upgradePipeline);
  const parts = spec.objects("parts");
  const values = spec.list("parts");
  let cleaning: CleaningStage | undefined;
  let encoder: EncoderModel | undefined;
  let scaler: Scaler | undefined;
  let readModel: ((stages: PipelineStages) => Pipeline) | undefined;
  let calibrator: Calibrator | undefined;
  let lastRank = -1;
  for (const [i, part] of parts.entries()) {
    const reader = readerFor(caller, part, readers);
    const rank = PART_ORDER.indexOf(reader.part);
    if (rank <= lastRank) throw spec.refuse("parts", ORDER_RULE);
    lastRank = rank;
    switch (reader.part) {
      case "cleaning":
        cleaning = reader.read(values[i]);
        break;
      case "encoder":
        encoder = reader.read(values[i]);
        break;
      case "scaler":
        scaler = reader.read(values[i]);
        break;
      case "model":
        readModel = (stages) => reader.read(values[i], stages);
        break;
      case "calibrator":
        calibrator = reader.read(values[i]);
    }
  }
  if (encoder === undefined || readModel === undefined) throw spec.refuse("parts", ORDER_RULE);
  const stages: PipelineStages = { cleaning, encoder, scaler, calibrator };
  const pipeline = readModel(stages);
  if (findPartConflict(stages, pipeline.model) !== undefined) throw spec.refuse("parts", "parts with the same features");
  const wrong = findCalibratorConflict(stages, pipeline.model);
  if (wrong !== undefined) throw spec.refuse("parts", `parts that belong together (calibrator ${wrong})`);
  return pipeline;
}

/** Version 1 had no calibrators; all else is the same. */
function upgradePipeline(reader: SpecReader, version: unknown): { readonly parts: readonly unknown[] } | undefined {
  return version === 1 ? { parts: reader.list("parts") } : undefined;
}

function readerFor(caller: string, part: SpecReader, readers: readonly PartReader[]): PartReader {
  const kind = part.text("kind");
  const reader = readers.find((each) => each.kind === kind);
  if (reader !== undefined) return reader;
  if (!PART_KINDS.includes(kind)) throw part.refuse("kind", `one of ${PART_KINDS.join(", ")}`);
  const name = `${kind}Reader`;
  throw new ClienteleError("missingReader", `the pipeline has a part of kind "${kind}": import { ${name} } from "clientele/scoring" and add it to readers`, {
    caller,
    parameter: "readers",
    rule: name,
  });
}
