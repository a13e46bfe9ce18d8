import type { ContainerConfig, ContainerCreateRequest, ImageConfig } from "@dryharbor/sdk/port";
import { sortedByKey } from "../go-order.js";
import { cleanPath } from "../mounts/path.js";
import { mergeHealthcheck, shownHealthcheck } from "./healthcheck.js";

/** The value that a field shows when none was given. `absent`: the field is not shown (`omitempty`). */
type Default = string | boolean | null | "absent";

/** The fields of `Config` in the order of inspect, which is the same on all three engines. */
const fields: readonly (readonly [
  name: keyof ContainerConfig | "ArgsEscaped" | "OnBuild" | "Shell",
  Default,
])[] = [
  ["Hostname", ""],
  ["Domainname", ""],
  ["User", ""],
  ["AttachStdin", false],
  ["AttachStdout", false],
  ["AttachStderr", false],
  ["ExposedPorts", "absent"],
  ["Tty", false],
  ["OpenStdin", false],
  ["StdinOnce", false],
  ["Env", null],
  ["Cmd", null],
  ["Healthcheck", "absent"],
  ["ArgsEscaped", "absent"],
  ["Image", ""],
  ["Volumes", null],
  ["WorkingDir", ""],
  ["Entrypoint", null],
  ["NetworkDisabled", "absent"],
  ["MacAddress", "absent"],
  ["OnBuild", null],
  ["Labels", null],
  ["StopSignal", "absent"],
  ["StopTimeout", "absent"],
  ["Shell", "absent"],
];

const names: ReadonlySet<string> = new Set(fields.map(([name]) => name));

/** The labels of all containers without labels. They share this object. */
const noLabels: Readonly<Record<string, string>> = Object.freeze({});

/** Returns whether a request has any field of `Config`. Without one, the engine has no configuration. */
export function hasConfig(request: object): boolean {
  return Object.keys(request).some((name) => names.has(name));
}

/** A container's own configuration, before its host name is set. */
export type MergedConfig = ContainerConfig & { Cmd?: string[] | null; Entrypoint?: string[] | null };

/**
 * Completes a create request's configuration from its image: the environment, command, working directory and
 * so on that the request lacks. Keeps only fields that have a value, so that a container costs little memory.
 */
export function mergeConfig(request: ContainerCreateRequest, image: ImageConfig | undefined): MergedConfig {
  const config: Record<string, unknown> = {};
  for (const name of Object.keys(request)) {
    const value = request[name as keyof ContainerCreateRequest];
    if (names.has(name) && value !== null && value !== undefined) config[name] = value;
  }
  config.Image ??= "";
  const cmd = words(request.Cmd);
  const entrypoint = words(request.Entrypoint);
  const entrypointGiven = entrypoint !== undefined && entrypoint.length > 0;
  if (cmd) config.Cmd = cmd;
  if (entrypoint) config.Entrypoint = entrypoint;
  if (image) {
    if (!entrypointGiven) {
      if (!cmd || cmd.length === 0) config.Cmd = image.Cmd;
      if (!entrypoint) config.Entrypoint = image.Entrypoint;
    }
    config.Env =
      mergeEnv(request.Env ?? [], image.Env ?? []) ??
      (request.Env?.length ? request.Env : (image.Env ?? request.Env));
    config.User ||= image.User;
    config.WorkingDir ||= image.WorkingDir;
    config.StopSignal ||= image.StopSignal;
    config.Labels = mergeMaps(image.Labels, request.Labels) ?? noLabels;
    config.ExposedPorts = mergeMaps(image.ExposedPorts, request.ExposedPorts);
    config.Healthcheck = mergeHealthcheck(request.Healthcheck, image.Healthcheck);
    config.Volumes = isEmpty(request.Volumes) ? image.Volumes : mergeMaps(image.Volumes, request.Volumes);
  }
  const resulting = config.Entrypoint;
  if (Array.isArray(resulting) && resulting.length === 1 && resulting[0] === "") config.Entrypoint = null;
  if (typeof config.WorkingDir === "string" && config.WorkingDir !== "") {
    config.WorkingDir = cleanPath(config.WorkingDir);
  }
  // A new object rather than one with deletions: JavaScript engines keep an object that lost properties less
  // compactly.
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(config)) {
    const value = config[name];
    if (value !== null && value !== undefined) given[name] = value;
  }
  return given as unknown as MergedConfig;
}

/** Reads a command as the API takes it: a list, or one string, which stands for a list of one word. */
function words(command: string[] | string | null | undefined): string[] | undefined {
  if (command === null || command === undefined) return undefined;
  return typeof command === "string" ? [command] : command;
}

/**
 * Merges environments. Returns `undefined` when one of them is empty: the caller then shares the other list.
 */
function mergeEnv(own: readonly string[], image: readonly string[]): string[] | undefined {
  if (own.length === 0 || image.length === 0) return undefined;
  const given = new Set(own.map((line) => line.split("=")[0]));
  return [...own, ...image.filter((line) => !given.has(line.split("=")[0]))];
}

function mergeMaps<T>(
  image: Readonly<Record<string, T>> | null | undefined,
  own: Readonly<Record<string, T>> | null | undefined,
): Readonly<Record<string, T>> | null | undefined {
  return image && Object.keys(image).length > 0 ? { ...image, ...own } : own;
}

/** Shows `Config` as inspect does. Labels are `null` only in a container without an image. */
export function showConfig(
  config: ContainerConfig & { Hostname: string },
  macAddress: string,
  showsEmptyOnBuild = true,
): ContainerConfig & { Hostname: string; Labels: Record<string, string> } {
  const given: Record<string, unknown> = { ...config };
  if (macAddress !== "") given.MacAddress = macAddress;
  const shown: Record<string, unknown> = {};
  for (const [name, byDefault] of fields) {
    if (name === "Healthcheck") {
      if (config.Healthcheck) shown.Healthcheck = shownHealthcheck(config.Healthcheck);
      continue;
    }
    if (name === "OnBuild" && !showsEmptyOnBuild && isEmpty(given[name] ?? "")) continue;
    const value = given[name] ?? byDefault;
    const empty = isEmpty(value) && name !== "Labels" && name !== "Volumes";
    const fallback = Array.isArray(value) ? value : byDefault;
    const result = empty ? fallback : value;
    if (result === "absent" || (empty && byDefault === "absent")) continue;
    shown[name] = isMap(result) ? sortedByKey(result) : result;
  }
  return shown as unknown as ReturnType<typeof showConfig>;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns whether Go's `omitempty` leaves the value out. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isMap(value)) return Object.keys(value).length === 0;
  return value === "" || value === false;
}
