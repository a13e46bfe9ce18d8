import { text, toggle } from "../../command/flags.js";
import { alignColumns } from "../../format/columns.js";
import { ComposeError } from "../model/error.js";
import { serviceHash } from "../model/hash.js";
import { goJson } from "../model/json.js";
import { treeJson } from "../model/kinds.js";
import { readModel, withEnvironmentOfFiles } from "../model/load.js";
import { imageOf, type Project } from "../model/project.js";
import { selection } from "../model/select.js";
import { variablesOf } from "../model/variables.js";
import { projectJson, projectYaml } from "../model/write.js";
import { writeYaml } from "../model/write-yaml.js";
import { type ComposeCall, composeCommand } from "./compose-command.js";
import { noService } from "./create-flags.js";
import { projectOfFiles } from "./projects.js";

const configFlags = {
  environment: toggle(),
  format: text(),
  hash: text(),
  images: toggle(),
  "lock-image-digests": toggle(),
  models: toggle(),
  networks: toggle(),
  "no-consistency": toggle(),
  "no-env-resolution": toggle(),
  "no-interpolate": toggle(),
  "no-normalize": toggle(),
  "no-path-resolution": toggle(),
  output: text("o"),
  profiles: toggle(),
  quiet: toggle("q"),
  "resolve-image-digests": toggle(),
  services: toggle(),
  variables: toggle(),
  volumes: toggle(),
};
type Flags = { readonly [Name in keyof typeof configFlags]: (typeof configFlags)[Name]["initial"] };

export const config = composeCommand({
  name: "config",
  short: "Parse, resolve and render compose file in canonical format",
  usage: "[OPTIONS] [SERVICE...]",
  flags: configFlags,
  async execute(plain) {
    const call = withSkips(plain);
    const { flags, context } = call;
    const print = (lines: readonly string[]) => context.io.stdout(lines.map((line) => `${line}\n`).join(""));
    const whole = () => projectOfFiles(call);
    if (flags.services) {
      const project = await whole();
      return print([...selection(project, [...project.services.keys()], "dependencies")]);
    }
    if (flags.volumes) return print([...(await whole()).volumes.keys()]);
    if (flags.networks) return print([...(await whole()).networks.keys()]);
    if (flags.models) return print([]);
    if (flags.hash !== "") return print(hashes(await whole(), flags.hash));
    const project = () => projectOfFiles(call, call.arguments);
    if (flags.profiles) {
      const { services, disabled } = await project();
      const all = [...services.values(), ...disabled.values()].flatMap(({ profiles = [] }) => profiles);
      return print([...new Set(all)].sort());
    }
    if (flags.images) {
      const found = await project();
      return print([...found.services].map(([name, service]) => imageOf(found, name, service)));
    }
    if (flags.variables) return printVariables(call);
    if (flags.environment) {
      const { environment } = await project();
      return print([...environment].map(([name, value]) => `${name}=${value}`).sort());
    }
    const content = flags["no-interpolate"]
      ? await rawContent(call)
      : (await resolvedContent(call, await project())).replaceAll("$", "$$$$");
    if (flags.quiet) return;
    if (flags.output) {
      const path = flags.output.startsWith("/") ? flags.output : `${context.io.cwd}/${flags.output}`;
      context.io.files.write(path, new TextEncoder().encode(content));
    } else context.io.stdout(content);
  },
});

/** What is to be left as the files have it. */
const withSkips = (call: ComposeCall<Flags>): ComposeCall<Flags> => ({
  ...call,
  options: {
    ...call.options,
    skip: {
      interpolation: call.flags["no-interpolate"],
      normalisation: call.flags["no-normalize"],
      paths: call.flags["no-path-resolution"],
      consistency: call.flags["no-consistency"],
    },
  },
});

function hashes(project: Project, asked: string): string[] {
  const names = asked === "*" ? [...project.services.keys()] : asked.split(",").sort();
  return names.map((name) => {
    const service = project.services.get(name);
    if (!service) throw noService(project, name);
    return `${name} ${serviceHash(service)}`;
  });
}

async function resolvedContent(call: ComposeCall<Flags>, loaded: Project): Promise<string> {
  const { flags, context } = call;
  let project = loaded;
  if (flags["resolve-image-digests"] || flags["lock-image-digests"]) {
    const services = new Map(project.services);
    for (const [name, service] of services) {
      if (!service.image || service.image.includes("@")) continue;
      const { Descriptor } = await context.engine.images.distribution(service.image);
      services.set(name, { ...service, image: `${fullReference(service.image)}@${Descriptor.digest}` });
    }
    project = { ...project, services };
  }
  if (!flags["no-env-resolution"]) project = await withEnvironmentOfFiles(project, call.load);
  if (flags["lock-image-digests"]) {
    const images = new Map([...project.services].map(([name, { image }]) => [name, { image }]));
    const none = new Map();
    project = {
      ...project,
      name: "",
      services: images,
      networks: none,
      volumes: none,
      secrets: none,
      configs: none,
    };
  }
  const format = flags.format || "yaml";
  if (format === "json") return projectJson(project);
  if (format === "yaml") return projectYaml(project);
  throw new ComposeError(`unsupported format "${format}"`);
}

/** A reference with its domain and its tag. */
function fullReference(image: string): string {
  const [first = "", ...rest] = image.split("/");
  const path = rest.length === 0 ? `library/${image}` : image;
  const whole = rest.length > 0 && /[.:]|^localhost$/.test(first) ? image : `docker.io/${path}`;
  return /:[^/]+$/.test(whole) ? whole : `${whole}:latest`;
}

async function rawContent(call: ComposeCall<Flags>): Promise<string> {
  const { model, name } = await readModel(call.options, call.load);
  const json = treeJson(call.flags["no-normalize"] ? model : new Map([...model, ["name", name]]));
  const format = call.flags.format || "yaml";
  if (format === "json") return goJson(json, "  ");
  if (format === "yaml") return writeYaml(json);
  throw new ComposeError(`unsupported format "${format}"`);
}

async function printVariables(call: ComposeCall<Flags>): Promise<void> {
  const { model } = await readModel(
    { ...call.options, skip: { ...call.options.skip, interpolation: true } },
    call.load,
  );
  const variables = variablesOf(model);
  if (call.flags.format === "json") {
    const shown = variables.map(({ name, ...rest }): [string, Record<string, string | boolean>] => [
      name,
      {
        Name: name,
        DefaultValue: rest.defaultValue,
        PresenceValue: rest.presenceValue,
        Required: rest.required,
      },
    ]);
    call.context.io.stdout(`${goJson(new Map(shown), "    ", false)}\n`);
    return;
  }
  const rows = variables.map(({ name, required, defaultValue, presenceValue }) =>
    [name, required, defaultValue, presenceValue].join("\t"),
  );
  const table = ["NAME\tREQUIRED\tDEFAULT VALUE\tALTERNATE VALUE", ...rows].join("\n");
  call.context.io.stdout(alignColumns(`${table}\n`, { least: 20, padding: 3 }));
}
