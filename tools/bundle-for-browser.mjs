// Bundles entries for the browser with all their imports, and fails if one of them is a Node module.
import { build } from "esbuild";

for (const entry of process.argv.slice(2)) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    platform: "browser",
    format: "esm",
  });
  console.log(`${entry} runs in a browser: ${Math.ceil(outputFiles[0].contents.length / 1024)} KiB minified`);
}
