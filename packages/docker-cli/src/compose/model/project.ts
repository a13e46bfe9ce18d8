// A project: what its files say together, once everything is read, resolved and checked.

import { extensionsKey, withExtensionsApart } from "./extensions.js";
import {
  choice,
  driverOptions,
  flag,
  type Kind,
  labels,
  list,
  named,
  options,
  type StructOf,
  struct,
  text,
} from "./kinds.js";
import { mapping, type Schema, types } from "./schema.js";
import { type ServiceConfig, serviceKind } from "./service.js";
import { isMap, type TreeMap } from "./tree.js";

const key = /^[a-zA-Z0-9._-]+$/;

const externalSchema: Schema = {
  types: ["boolean", "string", "object"],
  keys: { name: types("string") },
  patterns: [[/^x-/, {}]],
  closed: true,
};
const external: Kind<boolean> = { ...flag, schema: externalSchema };

export const networkKind = struct(
  {
    name: text,
    driver: text,
    driver_opts: driverOptions,
    ipam: struct(
      {
        driver: text,
        config: list(
          struct(
            {
              subnet: text,
              gateway: text,
              ip_range: text,
              aux_addresses: options(mapping(/^.+$/, types("string"), true)),
            },
            { dropsOwnKeys: true },
          ),
        ),
        options: { ...options(mapping(/^.+$/, types("string"), true)), json: () => undefined },
      },
      { always: true },
    ),
    external,
    internal: flag,
    attachable: flag,
    labels,
    enable_ipv4: choice,
    enable_ipv6: choice,
  },
  { orNull: true },
);

export const volumeKind = struct(
  { name: text, driver: text, driver_opts: driverOptions, external, labels },
  { orNull: true },
);

const fileFields = {
  name: text,
  file: text,
  environment: text,
  content: text,
  external,
  labels,
  driver: text,
  driver_opts: driverOptions,
  template_driver: text,
};
const { content: _, ...secretFields } = fileFields;
export const secretKind = struct(secretFields);
const configStruct = struct(fileFields);
/** What a config's variable holds is not written: the variable's name is. */
export const configKind: typeof configStruct = {
  ...configStruct,
  json: (value) => configStruct.json(value.environment ? { ...value, content: undefined } : value),
  yaml: (value) => configStruct.yaml?.(value.environment ? { ...value, content: undefined } : value),
};

export type NetworkConfig = StructOf<typeof networkKind.fields>;
export type VolumeConfig = StructOf<typeof volumeKind.fields>;
export type FileConfig = StructOf<typeof configStruct.fields>;

/** What a file may have at its top, for the check. */
export const fileSchema: Schema = {
  types: ["object"],
  keys: {
    version: types("string"),
    name: types("string"),
    include: types("array"),
    services: mapping(key, serviceKind.schema, true),
    models: types("object"),
    networks: mapping(key, networkKind.schema),
    volumes: mapping(key, volumeKind.schema, true),
    secrets: mapping(key, secretKind.schema, true),
    configs: mapping(key, configKind.schema, true),
  },
  patterns: [[/^x-/, {}]],
  closed: true,
};

/** Services, networks and so on are by their keys in the file, in the order of their names. */
export interface Project {
  name: string;
  workingDirectory: string;
  files: string[];
  /** Variables for interpolation: of the command's surroundings and of env files. */
  environment: ReadonlyMap<string, string>;
  profiles: readonly string[];
  services: Map<string, ServiceConfig>;
  /** Services whose profile is not active. */
  disabled: Map<string, ServiceConfig>;
  networks: Map<string, NetworkConfig>;
  volumes: Map<string, VolumeConfig>;
  secrets: Map<string, FileConfig>;
  configs: Map<string, FileConfig>;
  extensions: TreeMap;
}

/** How compose orders names wherever it has an order. */
export const sortedMap = <Value>(map: ReadonlyMap<string, Value>): Map<string, Value> =>
  new Map([...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

/** Makes a project of a model that is complete. */
export function projectOf(
  model: TreeMap,
  about: Pick<Project, "name" | "workingDirectory" | "files" | "environment">,
  warn: (message: string) => void,
): Project {
  const apart = withExtensionsApart(model);
  const section = <Value>(name: string, kind: Kind<Value>) => {
    const entries = apart.get(name);
    const found = named(kind, key).decode(isMap(entries) ? entries : new Map(), name, warn);
    return sortedMap(found);
  };
  const extensions = apart.get(extensionsKey);
  return {
    ...about,
    profiles: [],
    services: section("services", serviceKind),
    disabled: new Map(),
    networks: section("networks", networkKind),
    volumes: section("volumes", volumeKind),
    secrets: section("secrets", secretKind),
    configs: section("configs", configKind),
    extensions: isMap(extensions) ? extensions : new Map(),
  };
}

/** How many containers a service is to have. */
export const scaleOf = (service: ServiceConfig): number => service.scale ?? service.deploy?.replicas ?? 1;

/** The name of the image that a service runs. */
export const imageOf = (project: Pick<Project, "name">, name: string, service: ServiceConfig): string =>
  service.image || `${project.name}-${name}`;
