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
    // The source is published beside the build, so the source maps need not contain it.
    options.sourcesContent = false;
  },
} satisfies Options;

// The libraries: each package builds exactly the entries that its `exports` map names.
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
  // Entries share chunks, so that an error class is the same class in each entry.
  splitting: true,
  // Keeps the command, which is built at the same time.
  clean: Object.keys(manifest.bin ?? {}).map((name) => `!${name}.js*`),
};

/** The commands. Each is one file with everything that it needs, because that starts faster. */
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
