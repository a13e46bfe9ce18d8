// A project written as a file again, all of it in the long syntax: what `config` prints.

import { goJson, type Json, type JsonStruct } from "./json.js";
import { type Kind, treeJson, yamlOf } from "./kinds.js";
import { configKind, networkKind, type Project, secretKind, volumeKind } from "./project.js";
import { serviceKind } from "./service.js";
import { writeYaml } from "./write-yaml.js";

function sections(project: Project, asYaml: boolean): JsonStruct {
  const section = <Value>(values: ReadonlyMap<string, Value>, kind: Kind<Value>) => {
    const write = (value: Value) => (asYaml ? yamlOf(kind, value) : kind.json(value)) ?? {};
    return new Map([...values].map(([key, value]) => [key, write(value)]));
  };
  const result: Record<string, Json> = {
    name: project.name,
    services: section(project.services, serviceKind),
  };
  const resources = [
    ["networks", section(project.networks, networkKind)],
    ["volumes", section(project.volumes, volumeKind)],
    ["secrets", section(project.secrets, secretKind)],
    ["configs", section(project.configs, configKind)],
  ] as const;
  for (const [key, values] of resources) if (values.size > 0) result[key] = values;
  for (const [key, value] of [...project.extensions].sort(([a], [b]) => (a < b ? -1 : 1))) {
    result[key] = treeJson(value);
  }
  return result;
}

/** As YAML. */
export const projectYaml = (project: Project): string => writeYaml(sections(project, true));

/** As JSON, whose keys are all sorted. */
export const projectJson = (project: Project): string =>
  goJson(new Map(Object.entries(sections(project, false))), "  ");
