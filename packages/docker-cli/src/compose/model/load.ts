// Finds a project's files, reads them, and makes one project of them.

import { canonical, type Places, resolvePaths, setDefaults } from "./canonical.js";
import { checkConsistency } from "./consistency.js";
import { readEnvFile, readRawEnvFile } from "./dotenv.js";
import { ComposeError } from "./error.js";
import { interpolate, type Lookup, substitute, type Warn } from "./interpolation.js";
import { merge, unique, withoutReplaced } from "./merge.js";
import { normalise } from "./normalise.js";
import { fileSchema, type Project, projectOf } from "./project.js";
import { readYaml } from "./read-yaml.js";
import { validate } from "./schema.js";
import { withProfiles } from "./select.js";
import type { ServiceConfig } from "./service.js";
import { goText, isMap, type Tree, type TreeMap } from "./tree.js";
import { cleanPath } from "./volumes.js";

/** What loading is given by its surroundings. */
export interface LoadContext {
  /** The text of a file; `undefined` where there is none. */
  read(path: string): Promise<string | undefined>;
  /** The text of the standard input, for `-f -`. */
  readInput(): Promise<string>;
  environment: ReadonlyMap<string, string>;
  /** The current directory. */
  directory: string;
  warn: Warn;
}

/** What the command line says about the project. */
export interface ProjectOptions {
  files?: readonly string[];
  projectName?: string;
  projectDirectory?: string;
  envFiles?: readonly string[];
  profiles?: readonly string[];
  /** Parts that `config` may leave out. */
  skip?: { interpolation?: boolean; normalisation?: boolean; paths?: boolean; consistency?: boolean };
}

const defaultFiles = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
const overrideFiles = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

const absolute = (path: string, directory: string) =>
  path.startsWith("/") ? cleanPath(path) : cleanPath(`${directory}/${path}`);
const folderOf = (path: string) => cleanPath(path.slice(0, path.lastIndexOf("/") + 1));
const baseOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** A name with only what a project's name may have. */
export const normaliseName = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");

function checkName(name: string): string {
  if (normaliseName(name) === name) return name;
  throw new ComposeError(
    `invalid project name ${JSON.stringify(name)}: must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number`,
  );
}

/** A file and the variables, before anything is made of them. */
interface Sources {
  files: { path: string; text: string }[];
  workingDirectory: string;
  environment: Map<string, string>;
}

async function findSources(options: ProjectOptions, context: LoadContext): Promise<Sources> {
  const { directory } = context;
  checkName(options.projectName ?? "");
  const environment = new Map(context.environment);
  if (!environment.has("PWD")) environment.set("PWD", directory);
  const projectDirectory = options.projectDirectory
    ? absolute(options.projectDirectory, directory)
    : undefined;
  let paths = [...(options.files ?? [])];
  const workingDirectory = () => {
    const first = paths.find((path) => path !== "-");
    return projectDirectory ?? (first === undefined ? directory : folderOf(absolute(first, directory)));
  };
  await readEnvFiles(options, context, workingDirectory(), environment);
  if (paths.length === 0) {
    const listed = environment.get("COMPOSE_FILE");
    if (listed !== undefined) paths = listed.split(environment.get("COMPOSE_PATH_SEPARATOR") || ":");
  }
  if (paths.length === 0) paths = await searchFiles(workingDirectory(), context);
  await readEnvFiles(options, context, workingDirectory(), environment);
  if (paths.length === 0) throw new ComposeError("no configuration file provided: not found");
  const files: Sources["files"] = [];
  for (const given of paths) {
    if (given === "-") {
      files.push({ path: "-", text: await context.readInput() });
      continue;
    }
    const path = absolute(given, directory);
    const text = await context.read(path);
    if (text === undefined) throw new ComposeError(`open ${path}: no such file or directory`);
    files.push({ path, text });
  }
  return { files, workingDirectory: workingDirectory(), environment };
}

/** Looks for files of the usual names, from a directory upwards. */
async function searchFiles(from: string, context: LoadContext): Promise<string[]> {
  for (let directory = from; ; directory = folderOf(directory)) {
    const at = (name: string) => `${directory === "/" ? "" : directory}/${name}`;
    const existing = async (names: readonly string[]) => {
      const found: string[] = [];
      for (const name of names) if ((await context.read(at(name))) !== undefined) found.push(at(name));
      return found;
    };
    const [first, ...others] = await existing(defaultFiles);
    if (first !== undefined) {
      if (others.length > 0) {
        context.warn(`Found multiple config files with supported names: ${[first, ...others].join(", ")}`);
        context.warn(`Using ${first}`);
      }
      const overrides = await existing(overrideFiles);
      if (overrides.length > 1) {
        context.warn(`Found multiple override files with supported names: ${overrides.join(", ")}`);
        context.warn(`Using ${overrides[0]}`);
      }
      return [first, ...overrides.slice(0, 1)];
    }
    if (directory === "/" || directory === ".") return [];
  }
}

/** Adds the variables of env files that are not there yet. */
async function readEnvFiles(
  options: ProjectOptions,
  context: LoadContext,
  workingDirectory: string,
  environment: Map<string, string>,
): Promise<void> {
  const values = new Map<string, string>();
  const lookup: Lookup = (name) => environment.get(name) ?? values.get(name);
  const given = options.envFiles?.length
    ? options.envFiles.map((path) => absolute(path, context.directory))
    : undefined;
  const disabled = environment.get("COMPOSE_DISABLE_ENV_FILE");
  if (!given && disabled !== undefined && /^(1|t|true)$/i.test(disabled)) return;
  for (const path of given ?? [absolute(".env", workingDirectory)]) {
    const text = await context.read(path);
    if (text === undefined) {
      if (!given) continue;
      throw new ComposeError(`couldn't find env file: ${path}`);
    }
    try {
      readEnvFile(text, lookup, context.warn, values);
    } catch (error) {
      throw new ComposeError(`failed to read ${path}: ${(error as Error).message}`);
    }
  }
  for (const [name, value] of values) if (!environment.has(name)) environment.set(name, value);
}

/** The name that a file gives its project. */
function nameInFiles(files: Sources["files"]): string {
  let name = "";
  for (const { text, path } of files) {
    for (const { content } of readYaml(text, path, false)) {
      if (!isMap(content)) {
        if (content === null) continue;
        throw new ComposeError(
          `yaml: unmarshal errors:\n  line 1: cannot unmarshal !!${Array.isArray(content) ? "seq" : "str"}${typeof content === "string" ? ` \`${content}\`` : ""} into cli.named`,
        );
      }
      const found = content.get("name");
      if (found !== undefined && found !== null) name = goText(found);
    }
  }
  return name;
}

/**
 * Loads a project.
 * @throws {ComposeError} something in it is wrong, in compose's words.
 * @example const project = await loadProject({ files: ["compose.yaml"] }, context);
 */
export async function loadProject(options: ProjectOptions, context: LoadContext): Promise<Project> {
  const { model, sources, name } = await readModel(options, context);
  const { warn } = context;
  const project = projectOf(
    model,
    {
      name,
      workingDirectory: sources.workingDirectory,
      files: sources.files.map(({ path }) => path),
      environment: sources.environment,
    },
    warn,
  );
  const active = withProfiles(project, profilesOf(options, sources.environment));
  if (!options.skip?.consistency) checkConsistency(active);
  await addLabelFiles(active, context);
  return active;
}

const profilesOf = (options: ProjectOptions, environment: ReadonlyMap<string, string>): string[] =>
  options.profiles?.length
    ? [...options.profiles]
    : (environment.get("COMPOSE_PROFILES") ?? "").split(",").map((profile) => profile.trim());

/** A project as mappings and lists, complete and checked, before it gets types. */
export async function readModel(
  options: ProjectOptions,
  context: LoadContext,
): Promise<{ model: TreeMap; sources: Sources; name: string }> {
  const sources = await findSources(options, context);
  const { environment, files, workingDirectory } = sources;
  const lookup: Lookup = (name) => environment.get(name);
  const { warn } = context;
  const given = options.projectName || environment.get("COMPOSE_PROJECT_NAME") || "";
  const named = given !== "";
  const inFiles = options.projectName ? "" : nameInFiles(files);
  let name = given ? checkName(given) : "";
  if (!named) {
    const own = inFiles && !options.skip?.interpolation ? substitute(inFiles, lookup, warn) : inFiles;
    name = normaliseName(own) || (inFiles ? "" : normaliseName(baseOf(workingDirectory)));
  }
  environment.set("COMPOSE_PROJECT_NAME", name);
  let model: TreeMap = new Map();
  for (const file of files) {
    for (const { content, replaced } of readYaml(file.text, file.path, true)) {
      if (!isMap(content)) throw new ComposeError("top-level object must be a mapping");
      refuse(content);
      const read = (options.skip?.interpolation ? content : interpolate(content, lookup, warn)) as TreeMap;
      model = addFile(withoutReplaced(model, replaced) as TreeMap, read, file.path, warn);
    }
  }
  if (model.size === 0) throw new ComposeError("empty compose file");
  setDefaults(model);
  checkModel(model);
  const places: Places = { workingDirectory, home: environment.get("HOME") ?? "/" };
  if (!options.skip?.paths) resolvePaths(model, places);
  resolveVariables(model, environment);
  if (name === "") throw new ComposeError("project name must not be empty");
  if (!options.skip?.normalisation) {
    normalise(model, name);
    resolveMappings(model, environment);
  }
  model.delete("name");
  return { model, sources, name };
}

function addFile(model: TreeMap, file: TreeMap, path: string, warn: Warn): TreeMap {
  let merged = unique(merge(model, file)) as TreeMap;
  try {
    validate(merged, fileSchema);
  } catch (error) {
    throw new ComposeError(`validating ${path}: ${(error as Error).message}`);
  }
  if (merged.delete("version")) {
    warn(
      `${path}: the attribute \`version\` is obsolete, it will be ignored, please remove it to avoid potential confusion`,
    );
  }
  merged = unique(canonical(merged, warn)) as TreeMap;
  return merged;
}

/** What compose can do and this cannot. */
function refuse(file: TreeMap): void {
  if (file.has("include")) {
    throw new ComposeError(
      "include is not supported here: name the files with -f instead, as in -f compose.yaml -f other.yaml",
    );
  }
  if (file.has("models")) throw new ComposeError("models are not supported here: remove them from the file");
  const services = file.get("services");
  if (services !== undefined && !isMap(services)) throw new ComposeError("services must be a mapping");
  for (const [name, service] of services ?? []) {
    if (!isMap(service)) continue;
    if (service.has("extends")) {
      throw new ComposeError(
        `service "${name}" uses extends, which is not supported here: copy what it extends, or use an anchor (<<: *base) or a second file (-f)`,
      );
    }
    for (const field of ["provider", "models"]) {
      if (service.has(field)) {
        throw new ComposeError(
          `service "${name}" uses ${field}, which is not supported here: give it an image`,
        );
      }
    }
  }
}

/** What no type says. */
function checkModel(model: TreeMap): void {
  const section = (name: string) => {
    const found = model.get(name);
    return isMap(found) ? found : new Map<string, Tree>();
  };
  for (const [name, volume] of section("volumes")) {
    if (!isMap(volume) || volume.get("external") !== true) continue;
    const other = [...volume.keys()].find(
      (key) => key !== "name" && key !== "external" && !key.startsWith("x-"),
    );
    if (other !== undefined) {
      throw new ComposeError(`volumes.${name}: conflicting parameters "external" and "${other}" specified`);
    }
  }
  const oneSource = (kind: string, keys: readonly string[]) => {
    for (const [name, file] of section(kind)) {
      if (!isMap(file)) continue;
      const given = keys.filter((key) => file.has(key));
      if (given.length > 1) {
        throw new ComposeError(`${kind}.${name}: ${keys.join("|")} attributes are mutually exclusive`);
      }
      if (given.length === 0 && !file.has("driver") && !file.has("external")) {
        throw new ComposeError(`${kind}.${name}: one of ${keys.join("|")} must be set`);
      }
    }
  };
  oneSource("configs", ["file", "environment", "content"]);
  oneSource("secrets", ["file", "environment"]);
  for (const [name, service] of section("services")) {
    const ports = isMap(service) ? service.get("ports") : [];
    for (const port of Array.isArray(ports) ? ports : []) {
      const address = isMap(port) ? port.get("host_ip") : undefined;
      if (typeof address === "string" && !/^([0-9]{1,3}\.){3}[0-9]{1,3}$|:/.test(address)) {
        throw new ComposeError(`services.${name}.ports.[]: invalid ip address: ${address}`);
      }
    }
  }
}

/** Variables without a value get that of the surroundings: in lists, and as the content of configs. */
function resolveVariables(model: TreeMap, environment: ReadonlyMap<string, string>): void {
  for (const service of mapsIn(model, "services")) {
    const variables = service.get("environment");
    if (!Array.isArray(variables)) continue;
    service.set(
      "environment",
      variables.map((variable) => {
        const value = environment.get(goText(variable));
        return value === undefined ? variable : `${goText(variable)}=${value}`;
      }),
    );
  }
  for (const config of mapsIn(model, "configs")) {
    const value = environment.get(goText(config.get("environment") ?? ""));
    if (value !== undefined) config.set("content", value);
  }
}

/** The same for mappings. */
function resolveMappings(model: TreeMap, environment: ReadonlyMap<string, string>): void {
  const resolve = (holder: TreeMap, key: string) => {
    const variables = holder.get(key);
    if (!isMap(variables)) return;
    for (const [name, value] of variables) {
      if (value === null) variables.set(name, environment.get(name) ?? null);
    }
  };
  for (const service of mapsIn(model, "services")) {
    resolve(service, "environment");
    const build = service.get("build");
    if (!isMap(build)) continue;
    resolve(build, "args");
    const args = build.get("args");
    if (isMap(args)) for (const [name, value] of args) if (value === null) args.delete(name);
  }
}

const mapsIn = (model: TreeMap, key: string): TreeMap[] => {
  const section = model.get(key);
  return isMap(section) ? [...section.values()].filter(isMap) : [];
};

/**
 * Reads the files of `env_file` into the environment of the services.
 * @param keepFiles whether the services keep naming the files, which changes their hash
 * @throws {ComposeError} a file is not there, or cannot be read.
 */
export async function withEnvironmentOfFiles(
  project: Project,
  context: LoadContext,
  keepFiles = false,
): Promise<Project> {
  const services = new Map<string, ServiceConfig>();
  for (const [name, service] of project.services) {
    const own = new Map(service.environment);
    for (const [key, value] of own) if (value === null) own.set(key, project.environment.get(key) ?? null);
    const found = new Map<string, string>();
    for (const [key, value] of own) if (value !== null) found.set(key, value);
    for (const file of service.env_file ?? []) {
      const path = file.path ?? "";
      const content = await context.read(path);
      if (content === undefined) {
        if (!file.required) continue;
        throw new ComposeError(`env file ${path} not found: stat ${path}: no such file or directory`);
      }
      const lookup: Lookup = (key) => project.environment.get(key) ?? own.get(key) ?? undefined;
      try {
        if (file.format === "raw") {
          for (const [key, value] of readRawEnvFile(content, lookup)) found.set(key, value);
        } else if (file.format) {
          throw new ComposeError(`unsupported env_file format ${JSON.stringify(file.format)}`);
        } else {
          readEnvFile(content, lookup, context.warn, found);
        }
      } catch (error) {
        throw new ComposeError(`failed to read ${path}: ${(error as Error).message}`);
      }
    }
    const environment = new Map<string, string | null>([...found, ...own]);
    services.set(name, {
      ...service,
      environment,
      env_file: keepFiles ? service.env_file : undefined,
    });
  }
  return { ...project, services };
}

/** Reads the files of `label_file` into the labels of the services. */
async function addLabelFiles(project: Project, context: LoadContext): Promise<void> {
  for (const service of project.services.values()) {
    if (!service.label_file?.length) continue;
    const found = new Map<string, string>();
    for (const path of service.label_file) {
      const content = await context.read(path);
      if (content === undefined) {
        throw new ComposeError(`label file ${path} not found: stat ${path}: no such file or directory`);
      }
      readEnvFile(content, (name) => found.get(name), context.warn, found);
    }
    service.labels = new Map([...found, ...(service.labels ?? [])]);
  }
}
