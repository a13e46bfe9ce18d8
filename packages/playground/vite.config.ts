// Builds the page as one folder that opens under any path of any static host.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";
import { noticesOf, packagesOf } from "../../tools/third-party.mjs";

/** Writes the service worker, with the list of all files and a name that changes with them. */
function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const hash = createHash("sha256");
        const files = ["./", "./icon.svg", "./manifest.webmanifest"];
        for (const [name, file] of Object.entries(bundle)) {
          if (name.endsWith(".map")) continue;
          hash.update(name).update(file.type === "chunk" ? file.code : file.source);
          if (name !== "index.html") files.push(`./${name}`);
        }
        const source = readFileSync(new URL("src/service-worker.js", import.meta.url), "utf8")
          .replace('"FILES"', JSON.stringify(files.sort()))
          .replace("VERSION", hash.digest("hex").slice(0, 12));
        this.emitFile({ type: "asset", fileName: "service-worker.js", source });
      },
    },
  };
}

/** The files of this page and of its worker. */
const files = new Set<string>();

function collectFiles(): Plugin {
  return {
    name: "collect-files",
    apply: "build",
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === "chunk") for (const id of Object.keys(file.modules)) files.add(id);
    },
  };
}

/** Writes the licences of the code of others that is in the page. No page needs them, so they are not kept offline. */
function notices(): Plugin {
  return {
    name: "notices",
    apply: "build",
    generateBundle: {
      order: "post",
      handler() {
        const source = noticesOf(packagesOf(files));
        this.emitFile({ type: "asset", fileName: "THIRD-PARTY-NOTICES.txt", source });
      },
    },
  };
}

/** Lets the browser load the page's own part at once, and not only when what loads it is there. */
function preloaded(): Plugin {
  return {
    name: "preloaded",
    apply: "build",
    transformIndexHtml(_, { bundle = {} }) {
      return Object.values(bundle)
        .filter((file) => file.type === "chunk" && file.facadeModuleId?.endsWith("/src/page/main.ts"))
        .map(({ fileName }) => ({
          tag: "link",
          attrs: { rel: "modulepreload", href: `./${fileName}`, crossorigin: true },
          injectTo: "head",
        }));
    },
  };
}

/** Leaves out the Engine API over HTTP: the page calls its engine in process, and nothing in it can send a request there. */
function withoutHttp(): Plugin {
  return {
    name: "without-http",
    load(id) {
      // Rules for faults can name routes, of which there are none then.
      if (/\/simulator\/src\/http\/routes\/table\.ts$/.test(id)) return "export const routesOf = () => [];";
      if (!/\/simulator\/src\/http\/(fetch|handle)\.ts$/.test(id)) return undefined;
      return `
        const absent = () => { throw new Error("this page has no Engine API over HTTP"); };
        export { absent as fetchOver, absent as httpApi };
      `;
    },
  };
}

export default defineConfig({
  base: "./",
  // Packages are bundled from their source, as tests run them.
  resolve: { conditions: ["@dryharbor/source", "browser", "module", "import", "default"] },
  plugins: [collectFiles(), offline(), notices(), preloaded()],
  worker: {
    format: "es",
    plugins: () => [withoutHttp(), collectFiles()],
    rolldownOptions: {
      // The parts of the first prompt are known by their names, also to `tools/weigh.mjs`.
      output: {
        entryFileNames: "assets/engine-[hash].js",
        chunkFileNames: ({ facadeModuleId, name }) =>
          `assets/${facadeModuleId?.endsWith("/programs/src/index.ts") ? "programs" : name}-[hash].js`,
      },
    },
  },
  build: {
    target: "es2023",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2_000,
    reportCompressedSize: false,
  },
  server: { host: "127.0.0.1" },
});
