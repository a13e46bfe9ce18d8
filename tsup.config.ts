import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { defineConfig, type Options } from "tsup";
import { noticesOf, packagesOf } from "./tools/third-party.mjs";

type Manifest = {
  name: string;
  exports: Record<string, { "@dryharbor/source": string }>;
  bin?: Record<string, string>;
};
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;

const notices = "THIRD-PARTY-NOTICES.txt";

const common = {
  target: "node20",
  removeNodeProtocol: false,
  silent: true,
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

/** Hands the packages to a function whose code a build has put into its files. */
function bundledPackages(tell: (folders: string[]) => void): NonNullable<Options["esbuildPlugins"]>[number] {
  return {
    name: "bundled-packages",
    setup: ({ onEnd }) => onEnd(({ metafile }) => metafile && tell(packagesOf(Object.keys(metafile.inputs)))),
  };
}

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
  esbuildPlugins: [
    bundledPackages((folders) => {
      if (folders.length > 0) throw new Error(`make this a dependency, and no devDependency: ${folders}`);
    }),
  ],
  // Entries share chunks, so that an error class is the same class in each entry.
  splitting: true,
  // Keeps the command, which is built at the same time.
  clean: Object.keys(manifest.bin ?? {}).flatMap((name) => [`!${name}.js`, `!${notices}`]),
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
    esbuildPlugins: [
      bundledPackages((folders) => {
        mkdirSync("dist", { recursive: true });
        writeFileSync(`dist/${notices}`, noticesOf(folders));
      }),
    ],
    esbuildOptions(options) {
      options.conditions = ["@dryharbor/source"];
    },
  }),
);

export default defineConfig([library, ...commands]);
