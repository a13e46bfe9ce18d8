// Bundles entries for the browser with all their imports, and fails if one of them is a Node module. It prints the size of
// the first load: of the entry and of all that it imports statically, minified, and compressed by gzip.
//   bundle-for-browser.mjs [--json] ENTRY[:KIBIBYTES]...
// It fails where the first load, compressed, is over the entry's KIBIBYTES. --json prints bytes instead of words.
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const args = process.argv.slice(2);
const asJson = args.includes("--json");

for (const argument of args.filter((each) => each !== "--json")) {
  const [entry, budget] = argument.split(":");
  const size = await firstLoad(entry);
  const kibibytes = Math.ceil(size.compressed / 1024);
  if (asJson) {
    console.log(JSON.stringify(size));
  } else {
    const later = size.later > 0 ? `, ${Math.ceil(size.later / 1024)} KiB more when it is wanted` : "";
    console.log(
      `${entry} runs in a browser: ${Math.ceil(size.minified / 1024)} KiB minified, ${kibibytes} KiB compressed${later}`,
    );
  }
  if (budget !== undefined && kibibytes > Number(budget)) {
    console.error(`${entry} may have ${budget} KiB compressed at first, and has ${kibibytes}`);
    process.exitCode = 1;
  }
}

async function firstLoad(entry) {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    splitting: true,
    outdir: "bundle",
    entryNames: "entry",
    logLevel: "error",
    platform: "browser",
    format: "esm",
  });
  const compressed = new Map(
    outputFiles.map(({ path, contents }) => [path, gzipSync(contents, { level: 9 }).length]),
  );
  const sizeOf = (output) => compressed.get(resolve(output));
  const atOnce = new Set(["bundle/entry.js"]);
  for (const output of atOnce) {
    for (const { kind, path } of metafile.outputs[output].imports) {
      if (kind === "import-statement") atOnce.add(path);
    }
  }
  const found = { minified: 0, compressed: 0, later: 0 };
  for (const [output, { bytes }] of Object.entries(metafile.outputs)) {
    if (atOnce.has(output)) {
      found.minified += bytes;
      found.compressed += sizeOf(output);
    } else {
      found.later += sizeOf(output);
    }
  }
  return found;
}
