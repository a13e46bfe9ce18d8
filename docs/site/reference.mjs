// Writes the reference of the packages from their doc comments, as Markdown, into docs/reference. A comment that is
// missing or broken is an error.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Application, Converter } from "typedoc";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The entries of the packages that users import, in the order of the reference. */
const entries = [
  "@dryharbor/sdk",
  "@dryharbor/sdk/topology",
  "@dryharbor/sdk/inventory",
  "@dryharbor/sdk/docker",
  "@dryharbor/sdk/timestamp",
  "@dryharbor/simulator",
  "@dryharbor/simulator/node",
  "@dryharbor/simulator/msw",
  "@dryharbor/simulator/vitest",
  "@dryharbor/kernel",
  "@dryharbor/programs",
  "@dryharbor/docker-cli",
  "@dryharbor/lessons",
  "@dryharbor/conformance",
];

/** Where an entry's source is. */
function sourceOf(entry) {
  const [, name, rest] = /^@dryharbor\/([^/]+)(.*)$/.exec(entry);
  const { exports } = JSON.parse(readFileSync(`${root}packages/${name}/package.json`, "utf8"));
  return `packages/${name}/${exports[`.${rest}`]["@dryharbor/source"].slice("./".length)}`;
}

const sources = new Map(entries.map((entry) => [entry, sourceOf(entry)]));
const nameOf = new Map([...sources].map(([entry, source]) => [source.replace(/(\/index)?\.ts$/, ""), entry]));
const app = await Application.bootstrapWithPlugins({
  entryPoints: [...sources.values()].map((source) => root + source),
  tsconfig: `${root}tsconfig.json`,
  basePath: root,
  plugin: ["typedoc-plugin-markdown"],
  out: fileURLToPath(new URL("../reference", import.meta.url)),
  name: "Reference",
  readme: "none",
  disableSources: true,
  skipErrorChecking: true, // the task "typecheck" checks
  excludeExternals: true,
  excludeInternal: true,
  sort: ["source-order"],
  // As a site's pages: one for each entry.
  outputFileStrategy: "modules",
  entryFileName: "index",
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  parametersFormat: "table",
  interfacePropertiesFormat: "table",
  typeAliasPropertiesFormat: "table",
  validation: { notExported: false, invalidLink: true, notDocumented: true, rewrittenLink: true },
  packagesRequiringDocumentation: [...new Set(entries.map((entry) => entry.split("/", 2).join("/")))],
  requiredToBeDocumented: ["Function", "Class", "Interface", "TypeAlias", "Variable", "Enum"],
});
// Modules are called by their files, and users call them by their entries.
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  for (const module of project.children ?? []) module.name = nameOf.get(module.name) ?? module.name;
});
const project = await app.convert();
if (!project) process.exit(1);
app.validate(project);
if (app.logger.warningCount + app.logger.errorCount > 0) {
  console.error("the doc comments have to be mended: see above");
  process.exit(1);
}
await app.generateOutputs(project);
