import { readFileSync } from "node:fs";
import { defineConfig, type Options } from "tsup";

type Manifest = {
  exports: Record<string, { "@dryharbor/source": string }>;
  bin?: Record<string, string>;
};
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;

const common = {
  target: "node20",
  removeNodeProtocol: false,
  sourcemap: true,
  silent: true,
  esbuildOptions(options) {
    // The source is published beside it, and need not be in the maps as well.
    options.sourcesContent = false;
  },
} satisfies Options;

// One config for all packages: each builds exactly what its exports map names, nothing by accident.
const library: Options = {
  ...common,
  entry: Object.fromEntries(
    Object.entries(manifest.exports).map(([name, target]) => [
      name === "." ? "index" : name.slice("./".length),
      target["@dryharbor/source"],
    ]),
  ),
  format: ["esm", "cjs"],
  dts: true,
  // Entries share chunks, so that an error class is one class whichever entry it came through.
  splitting: true,
  // The command is built at the same time.
  clean: Object.keys(manifest.bin ?? {}).map((name) => `!${name}.js*`),
};

/** A command is one file with all that it needs: it starts sooner. */
const commands = Object.keys(manifest.bin ?? {}).map(
  (name): Options => ({
    ...common,
    entry: { [name]: "src/node/command/main.ts" },
    format: ["esm"],
    splitting: false,
    minify: true,
    noExternal: [/./],
    esbuildOptions(options) {
      options.conditions = ["@dryharbor/source"];
      options.sourcesContent = false;
    },
  }),
);

export default defineConfig([library, ...commands]);
