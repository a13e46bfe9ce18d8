import { existsSync, readFileSync } from "node:fs";
import { defineConfig, type Options } from "tsup";

type Manifest = {
  name: string;
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

/**
 * Renames private fields in CommonJS. tsup turns ESM chunks into CommonJS with sucrase, which takes `this.#name = …` for
 * an assignment to an export called `name` and overwrites that export.
 */
const privateNames: NonNullable<Options["plugins"]>[number] = {
  name: "private-names",
  renderChunk(code) {
    if (this.format !== "cjs") return undefined;
    const declared = /^(\s*(?:static |async |get |set |\*)*#[\w$]+)(?=[\s;=(])/gm;
    return { code: code.replace(declared, "$1_").replace(/(\.#[\w$]+)/g, "$1_") };
  },
};

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
  // Declarations are written and not checked, since the task "typecheck" checks; types of other packages are read where
  // these are built, since their sources are many and each would be read again for each package.
  dts: { compilerOptions: { noCheck: true, customConditions: [] } },
  // Small entries without a class that users compare with are bundled, since each file more costs a millisecond when a
  // program starts. What they import of their own package by its name stays outside.
  noExternal: [
    "@dryharbor/kernel/dns-message",
    "@dryharbor/kernel/path-list",
    "@dryharbor/kernel/patterns",
    "@dryharbor/kernel/tar",
    "@dryharbor/programs/image",
  ],
  external: [new RegExp(`^${manifest.name}(/|$)`)],
  plugins: [privateNames],
  // Entries share chunks, so that an error class is the same class in each entry.
  splitting: true,
  // Keeps the command, which is built at the same time.
  clean: Object.keys(manifest.bin ?? {}).map((name) => `!${name}.js*`),
};

/** The commands. Each is one file with everything that it needs, because that starts faster. */
const commands = Object.keys(manifest.bin ?? {}).map(
  (name): Options => ({
    ...common,
    entry: { [name]: ["src/main.ts", "src/node/command/main.ts", "main.ts"].find(existsSync)! },
    format: ["esm"],
    splitting: false,
    minify: true,
    // What speaks to real engines has native parts, which stay files of their own.
    noExternal: [/^(?!dockerode$)/],
    external: ["dockerode"],
    esbuildOptions(options) {
      options.conditions = ["@dryharbor/source"];
      options.sourcesContent = false;
    },
  }),
);

export default defineConfig([library, ...commands]);
