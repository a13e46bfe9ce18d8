// How a later file changes what an earlier one says, and which items of a list are the same thing.

import { ComposeError } from "./error.js";
import { byPattern, matches, type Path, pathText } from "./path.js";
import { compareBytes, copyTree, goText, goType, isMap, type Tree, type TreeMap } from "./tree.js";
import { parseVolume } from "./volumes.js";

type Merger = (base: Tree, over: Tree, path: Path) => Tree;

/** A mapping as a list of `key=value`, a text as a list of one. */
function sequence(tree: Tree): Tree[] {
  if (Array.isArray(tree)) return tree;
  if (typeof tree === "string") return [tree];
  if (!isMap(tree)) return [];
  return [...tree]
    .flatMap(([key, value]): string[] => {
      if (value === null) return [key];
      return (Array.isArray(value) ? value : [value]).map((item) => `${key}=${goText(item)}`);
    })
    .sort(compareBytes);
}

const sequences: Merger = (base, over) => [...sequence(base), ...sequence(over)];
const hosts: Merger = (base, over) => {
  const first = sequence(base);
  return [...first, ...sequence(over).filter((item) => !first.includes(item))];
};
const override: Merger = (_, over) => over;

/** A list of names as a mapping. */
const mappingOf = (tree: Tree, value: () => Tree): TreeMap => {
  if (isMap(tree)) return tree;
  return new Map((Array.isArray(tree) ? tree : []).map((name) => [goText(name), value()]));
};
const mappings =
  (value: () => Tree): Merger =>
  (base, over, path) =>
    mergeMaps(mappingOf(base, value), mappingOf(over, value), path);
const started = (): Tree =>
  new Map<string, Tree>([
    ["condition", "service_started"],
    ["required", true],
  ]);

const build: Merger = (base, over, path) => {
  const long = (tree: Tree): TreeMap => (isMap(tree) ? tree : new Map([["context", tree]]));
  return mergeMaps(long(base), long(over), path);
};
const logging: Merger = (base, over, path) => {
  if (!isMap(base) || !isMap(over)) return over;
  const [mine, other] = [base.get("driver"), over.get("driver")];
  return mine === other || mine === undefined || other === undefined ? mergeMaps(base, over, path) : over;
};
const pools: Merger = (base, over, path) => {
  if (!Array.isArray(base) || !Array.isArray(over)) {
    throw new ComposeError(`${pathText(path)}: unexpected type ${goType(Array.isArray(base) ? over : base)}`);
  }
  const found: TreeMap[] = [];
  const subnet = (pool: TreeMap) => pool.get("subnet");
  for (const mine of base.filter(isMap)) {
    for (const other of over.filter(isMap)) {
      if (subnet(other) !== subnet(mine) && !found.some((pool) => subnet(pool) === subnet(other))) {
        found.push(other);
        continue;
      }
      const merged = mergeMaps(mine, other, path);
      const at = found.findIndex((pool) => subnet(pool) === subnet(merged));
      if (at >= 0) found[at] = merged;
      else found.push(merged);
    }
  }
  return found;
};

const mergers: Readonly<Record<string, Merger>> = {
  "networks.*.ipam.config": pools,
  "networks.*.labels": sequences,
  "volumes.*.labels": sequences,
  "services.*.annotations": sequences,
  "services.*.build": build,
  "services.*.build.args": sequences,
  "services.*.build.additional_contexts": sequences,
  "services.*.build.extra_hosts": hosts,
  "services.*.build.labels": sequences,
  "services.*.command": override,
  "services.*.depends_on": mappings(started),
  "services.*.deploy.labels": sequences,
  "services.*.dns": sequences,
  "services.*.dns_opt": sequences,
  "services.*.dns_search": sequences,
  "services.*.entrypoint": override,
  "services.*.env_file": sequences,
  "services.*.label_file": sequences,
  "services.*.environment": sequences,
  "services.*.extra_hosts": hosts,
  "services.*.healthcheck.test": override,
  "services.*.labels": sequences,
  "services.*.logging": logging,
  "services.*.networks": mappings(() => null),
  "services.*.sysctls": sequences,
  "services.*.tmpfs": sequences,
  "services.*.ulimits.*": override,
};

/**
 * Lays one file over another.
 * @throws {ComposeError} the two have different types at one place.
 */
export function merge(base: Tree, over: Tree, path: Path = []): Tree {
  const special = byPattern(mergers, path);
  if (special) return special(base, over, path);
  if (over === null) return base;
  if (isMap(base)) {
    if (!isMap(over)) throw new ComposeError(`cannot override ${pathText(path)}`);
    return mergeMaps(base, over, path);
  }
  if (Array.isArray(base)) {
    if (!Array.isArray(over)) throw new ComposeError(`cannot override ${pathText(path)}`);
    return [...base, ...over];
  }
  return over;
}

function mergeMaps(base: TreeMap, over: TreeMap, path: Path): TreeMap {
  const merged = new Map(base);
  for (const [key, value] of over) {
    const mine = merged.get(key);
    merged.set(key, mine === undefined ? value : merge(mine, value, [...path, key]));
  }
  return merged;
}

/** Drops what a later file resets or puts something else in the place of. */
export function withoutReplaced(tree: Tree, replaced: readonly Path[], path: Path = []): Tree {
  if (replaced.length === 0) return tree;
  if (Array.isArray(tree)) {
    return tree.map((item, at) => withoutReplaced(item, replaced, [...path, `[${at}]`]));
  }
  if (!isMap(tree)) return copyTree(tree);
  const kept: TreeMap = new Map();
  for (const [key, value] of tree) {
    const here = [...path, key];
    if (!replaced.some((place) => matches(here, place.join(".")))) {
      kept.set(key, withoutReplaced(value, replaced, here));
    }
  }
  return kept;
}

type Identity = (item: Tree, path: Path) => string;

const keyOfPair: Identity = (item, path) => {
  if (typeof item !== "string") throw new ComposeError(`${pathText(path)}: unexpected type ${goType(item)}`);
  return item.split("=")[0] ?? "";
};
const targetOfVolume: Identity = (item, path) => {
  if (typeof item === "string") return String(parseVolume(item).get("target"));
  const target = isMap(item) ? item.get("target") : "";
  if (typeof target !== "string") {
    throw new ComposeError(`service volume ${pathText(path)} is missing a mount target`);
  }
  return target;
};
const targetOfDevice: Identity = (item, path) => {
  if (typeof item === "string") return item.split(":")[1] ?? item;
  const target = isMap(item) ? item.get("target") : "";
  if (typeof target !== "string") {
    throw new ComposeError(`service device ${pathText(path)} is missing a mount target`);
  }
  return target;
};
const exposed: Identity = (item, path) => {
  if (typeof item !== "string" && typeof item !== "number") {
    throw new ComposeError(`${pathText(path)}: unsupported expose value ${goText(item)}`);
  }
  return String(item);
};
const mountedFile =
  (folder: string): Identity =>
  (item, path) => {
    if (typeof item === "string") return `${folder}/${item}`;
    if (!isMap(item)) throw new ComposeError(`${pathText(path)}: unsupported expose value ${goText(item)}`);
    return goText(item.get("target") ?? `${folder}/${goText(item.get("source") ?? "")}`);
  };
const publishedPort: Identity = (item, path) => {
  if (!isMap(item)) return Array.isArray(item) || item === null ? "" : goText(item);
  const target = item.get("target");
  if (target === undefined) {
    throw new ComposeError(`service ports ${pathText(path)} is missing a target port`);
  }
  const of = (key: string, none: string) => goText(item.get(key) ?? none);
  return `${of("host_ip", "0.0.0.0")}:${of("published", "<nil>")}:${goText(target)}/${of("protocol", "tcp")}`;
};
const pathOfFile: Identity = (item) => (isMap(item) ? goText(item.get("path") ?? "") : goText(item));

const identities: Readonly<Record<string, Identity>> = {
  "networks.*.labels": keyOfPair,
  "networks.*.ipam.options": keyOfPair,
  "services.*.annotations": keyOfPair,
  "services.*.build.args": keyOfPair,
  "services.*.build.additional_contexts": keyOfPair,
  "services.*.build.tags": keyOfPair,
  "services.*.build.labels": keyOfPair,
  "services.*.cap_add": keyOfPair,
  "services.*.cap_drop": keyOfPair,
  "services.*.configs": mountedFile(""),
  "services.*.deploy.labels": keyOfPair,
  "services.*.devices": targetOfDevice,
  "services.*.dns": keyOfPair,
  "services.*.dns_opt": keyOfPair,
  "services.*.dns_search": keyOfPair,
  "services.*.environment": keyOfPair,
  "services.*.env_file": pathOfFile,
  "services.*.expose": exposed,
  "services.*.labels": keyOfPair,
  "services.*.links": keyOfPair,
  "services.*.networks.*.aliases": keyOfPair,
  "services.*.networks.*.link_local_ips": keyOfPair,
  "services.*.ports": publishedPort,
  "services.*.profiles": keyOfPair,
  "services.*.secrets": mountedFile("/run/secrets"),
  "services.*.sysctls": keyOfPair,
  "services.*.tmpfs": keyOfPair,
  "services.*.volumes": targetOfVolume,
};

/** Leaves one of several items of a list that are the same thing: the last one, at the place of the first. */
export function unique(tree: Tree, path: Path = []): Tree {
  if (isMap(tree)) return new Map([...tree].map(([key, value]) => [key, unique(value, [...path, key])]));
  const identity = Array.isArray(tree) ? byPattern(identities, path) : undefined;
  if (!identity || !Array.isArray(tree)) return tree;
  const found = new Map<string, Tree>();
  for (const [at, item] of tree.entries()) found.set(identity(item, [...path, `[${at}]`]), item);
  return [...found.values()];
}
