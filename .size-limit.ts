import { describeEntry, sizeTable } from "./test/bundle/size-table";

/** `npm run size` prints the table that `test/bundle` enforces. */
export default sizeTable.map((entry) => ({
  name: describeEntry(entry),
  path: `dist/${entry.subpath === "" ? "" : `${entry.subpath}/`}index.js`,
  import: entry.imports === "all" ? "*" : `{ ${entry.imports.join(", ")} }`,
  limit: `${entry.ceiling} B`,
  gzip: true,
  // The chunks of the build import each other for their order; that such an import is dropped is what `sideEffects: false` is for.
  modifyEsbuildConfig: (config: object) => ({ ...config, logOverride: { "ignored-bare-import": "silent" } }),
}));
