import { readFileSync } from "node:fs";
import { defineConfig } from "tsup";

type Manifest = { exports: Record<string, { "@dryharbor/source": string }> };
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;

// One config for all packages: each builds exactly what its exports map names, nothing by accident.
export default defineConfig({
  entry: Object.fromEntries(
    Object.entries(manifest.exports).map(([name, target]) => [
      name === "." ? "index" : name.slice("./".length),
      target["@dryharbor/source"],
    ]),
  ),
  format: ["esm", "cjs"],
  target: "node20",
  removeNodeProtocol: false,
  dts: true,
  sourcemap: true,
  // Entries share chunks, so that an error class is one class whichever entry it came through.
  splitting: true,
  clean: true,
  silent: true,
});
