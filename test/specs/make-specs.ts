/**
 * Saves one model of each kind, with what it answers: `npx tsx test/specs/make-specs.ts`.
 *
 * A file that exists is left alone: it is what an earlier version saved, and later versions must go on reading it.
 * A new model, or a new version of a saved form, gets a new file.
 */
import { existsSync, writeFileSync } from "node:fs";
import { savedModels } from "./saved-models";

for (const { name, fit, rows, predict } of savedModels) {
  const saved = fit().toJSON();
  const file = new URL(`${name}-v${saved.version}.json`, import.meta.url);
  if (existsSync(file)) {
    console.log(`${name}: version ${saved.version} is there`);
    continue;
  }
  const content = JSON.stringify({ saved, rows, predicted: predict(saved, rows) }, undefined, 2);
  writeFileSync(file, `${content}\n`);
  console.log(`${name}: saved version ${saved.version}`);
}
