// The long syntax for everything that may be written in a short one, defaults, and absolute paths.

import { ComposeError } from "./error.js";
import type { Warn } from "./interpolation.js";
import { byPattern, type Path, pathText } from "./path.js";
import { parsePort } from "./ports.js";
import { goText, goType, isMap, type Tree, type TreeMap } from "./tree.js";
import { cleanPath, parseVolume } from "./volumes.js";

type Change = (tree: Tree, path: Path, warn: Warn) => Tree;

const set = (map: TreeMap, key: string, value: Tree) => {
  if (!map.has(key)) map.set(key, value);
};
const asList: Change = (tree) => (typeof tree === "string" ? [tree] : tree);
const namesToMap: Change = (tree) =>
  Array.isArray(tree) ? new Map(tree.map((name) => [goText(name), null])) : tree;
const invalid = (tree: Tree, path: Path, what: string) =>
  new ComposeError(`${pathText(path)}: invalid type ${goType(tree)} for ${what}`);
const fromText =
  (read: (text: string) => Tree): Change =>
  (tree) =>
    typeof tree === "string" ? read(tree) : tree;

const dependencies: Change = (tree) => {
  const entries = isMap(tree) ? tree : new Map((tree as Tree[]).map((name) => [goText(name), new Map()]));
  for (const dependency of entries.values()) {
    if (!isMap(dependency)) continue;
    set(dependency, "condition", "service_started");
    set(dependency, "required", true);
  }
  return entries;
};

const envFiles: Change = (tree) =>
  (Array.isArray(tree) ? tree : [tree]).map((file) => {
    const long: TreeMap = isMap(file) ? file : new Map([["path", file]]);
    set(long, "required", true);
    return long;
  });

const device = (text: string): Tree => {
  const [source = "", target, permissions = "rwm", ...more] = text.split(":");
  if (more.length > 0) {
    throw new ComposeError(`confusing device mapping, please use long syntax: ${text}`);
  }
  return new Map([
    ["source", source],
    ["target", target || source],
    ["permissions", permissions],
  ]);
};

const ports: Change = (tree, path) => {
  if (!Array.isArray(tree)) throw invalid(tree, path, "port");
  return tree.flatMap((port): Tree[] => {
    if (isMap(port)) return [port];
    if (typeof port === "number" || typeof port === "string") return parsePort(String(port));
    throw invalid(port, path, "port");
  });
};

const external: Change = (tree, path, warn) => {
  if (!isMap(tree)) return tree;
  const external = tree.get("external");
  if (!isMap(external)) return tree;
  tree.set("external", true);
  const name = external.get("name");
  if (name === undefined) return tree;
  warn(`${pathText(path)}: external.name is deprecated. Please set name and external: true`);
  if (tree.has("name") && tree.get("name") !== name) {
    throw new ComposeError(`${pathText(path)}: name and external.name conflict; only use name`);
  }
  return tree.set("name", name);
};

const keyValues: Change = (tree) => {
  if (!Array.isArray(tree)) return tree;
  return new Map(
    tree.map((item) => {
      const [key = "", ...value] = goText(item).split("=");
      return [key, value.join("=")];
    }),
  );
};

const longSyntax: Readonly<Record<string, Change>> = {
  "services.*.build": fromText((context) => new Map([["context", context]])),
  "services.*.build.additional_contexts": keyValues,
  "services.*.build.provenance": (tree) => goText(tree),
  "services.*.build.sbom": (tree) => goText(tree),
  "services.*.build.secrets.[]": fromText((source) => new Map([["source", source]])),
  "services.*.configs.[]": fromText((source) => new Map([["source", source]])),
  "services.*.depends_on": dependencies,
  "services.*.devices.[]": fromText(device),
  "services.*.develop.watch.[].ignore": asList,
  "services.*.develop.watch.[].include": asList,
  "services.*.dns": asList,
  "services.*.env_file": envFiles,
  "services.*.gpus": fromText(() => [new Map([["count", "all"]])]),
  "services.*.label_file": asList,
  "services.*.networks": namesToMap,
  "services.*.ports": ports,
  "services.*.secrets.[]": fromText((source) => new Map([["source", source]])),
  "services.*.volumes.[]": fromText(parseVolume),
  "volumes.*": external,
  "networks.*": external,
  "secrets.*": external,
  "configs.*": external,
};

/** Writes all that is short in the long syntax. The tree is the caller's own and is changed. */
export function canonical(tree: Tree, warn: Warn, path: Path = []): Tree {
  const change = byPattern(longSyntax, path);
  if (change) tree = change(tree, path, warn);
  if (Array.isArray(tree)) return tree.map((item) => canonical(item, warn, [...path, "[]"]));
  if (isMap(tree)) {
    for (const [key, value] of tree) tree.set(key, canonical(value, warn, [...path, key]));
  }
  return withoutEmptyDns(tree, path);
}

const withoutEmptyDns = (tree: Tree, path: Path): Tree =>
  Array.isArray(tree) && path.length === 3 && path[0] === "services" && path[2] === "dns"
    ? tree.filter((server) => server !== "" && server !== null)
    : tree;

/** What is taken where a long syntax says nothing. */
export function setDefaults(model: TreeMap): void {
  for (const service of servicesOf(model)) {
    const build = service.get("build");
    if (isMap(build)) set(build, "context", ".");
    for (const secret of itemsOf(service, "secrets")) {
      set(secret, "target", `/run/secrets/${goText(secret.get("source") ?? "")}`);
    }
    for (const port of itemsOf(service, "ports")) {
      set(port, "protocol", "tcp");
      set(port, "mode", "ingress");
    }
    const reservations = at(service, "deploy", "resources", "reservations");
    for (const request of [...itemsOf(service, "gpus"), ...itemsOf(reservations, "devices")]) {
      if (!request.has("count") && !request.has("device_ids")) request.set("count", "all");
    }
  }
}

/** The services of a model. */
export const servicesOf = (model: TreeMap): TreeMap[] => {
  const services = model.get("services");
  return isMap(services) ? [...services.values()].filter(isMap) : [];
};

const itemsOf = (map: Tree | undefined, key: string): TreeMap[] => {
  const items = isMap(map) ? map.get(key) : undefined;
  return Array.isArray(items) ? items.filter(isMap) : [];
};

const at = (map: TreeMap, ...keys: string[]): Tree | undefined =>
  keys.reduce<Tree | undefined>((found, key) => (isMap(found) ? found.get(key) : undefined), map);

/** Where relative paths begin, and what `~` is. */
export interface Places {
  workingDirectory: string;
  home: string;
}

/** A path of the host as an absolute one. */
export function absolutePath(path: string, { workingDirectory, home }: Places): string {
  const expanded = path === "~" || path.startsWith("~/") ? `${home}${path.slice(1)}` : path;
  if (expanded === "" || expanded.startsWith("/")) return expanded;
  return cleanPath(`${workingDirectory}/${expanded}`);
}

/**
 * Makes the paths of a model absolute.
 * @throws {ComposeError} a bind without a source.
 */
export function resolvePaths(model: TreeMap, places: Places): void {
  const absolute = (map: TreeMap | undefined, key: string) => {
    const path = map?.get(key);
    if (typeof path === "string") map?.set(key, absolutePath(path, places));
  };
  for (const service of servicesOf(model)) {
    const build = service.get("build");
    const context = isMap(build) ? build.get("context") : undefined;
    if (typeof context === "string" && !/:\/\/|^service:|^git@|^github\.com\//.test(context)) {
      absolute(build as TreeMap, "context");
    }
    for (const file of itemsOf(service, "env_file")) absolute(file, "path");
    const labelFiles = service.get("label_file");
    if (Array.isArray(labelFiles)) {
      service.set(
        "label_file",
        labelFiles.map((file) => absolutePath(goText(file), places)),
      );
    }
    for (const trigger of itemsOf(at(service, "develop"), "watch")) absolute(trigger, "path");
    for (const mount of itemsOf(service, "volumes")) {
      if (mount.get("type") !== "bind") continue;
      if (!mount.has("source")) {
        throw new ComposeError('invalid mount config for type "bind": field Source must not be empty');
      }
      absolute(mount, "source");
    }
  }
  for (const key of ["configs", "secrets"]) {
    const files = model.get(key);
    for (const file of isMap(files) ? files.values() : []) if (isMap(file)) absolute(file, "file");
  }
  const volumes = model.get("volumes");
  for (const volume of isMap(volumes) ? volumes.values() : []) {
    if (!isMap(volume) || volume.get("driver") !== "local") continue;
    const options = volume.get("driver_opts");
    if (isMap(options) && options.get("o") === "bind") absolute(options, "device");
  }
}
