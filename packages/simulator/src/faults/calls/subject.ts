// What a call is about, whichever way it came: its arguments, the variable parts of its path, the parameters of its
// query, and the containers and networks that these name.

import { everyCall, type NamedCall } from "@dryharbor/sdk/calls";
import type { CallName } from "../../calls/call-name.js";
import type { Daemon } from "../../core/daemon.js";
import { releaseNames } from "../../core/releases/row.js";
import { routesOf } from "../../http/routes/table.js";
import { routeName } from "../../http/routes/unserved.js";
import { isRecord } from "../fields.js";

/** A call that faults may strike. */
export interface Subject {
  readonly call: CallName | undefined;
  /** @example "POST /networks/{id}/connect". `undefined` for a call of the port */
  readonly route: string | undefined;
  readonly arguments: readonly unknown[];
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** Returns a route without the names of its variables. */
export function anonymous(route: string): string {
  return route.replaceAll(/\{[^}]*\}/g, "{}");
}

/** The declared calls by their routes, in which variables have no names. */
export const namedRoutes: ReadonlyMap<string, readonly NamedCall[]> = byRoute();

function byRoute(): Map<string, NamedCall[]> {
  const all = new Map<string, NamedCall[]>();
  for (const named of everyCall) {
    const route = anonymous(named.call.route);
    all.set(route, [...(all.get(route) ?? []), named]);
  }
  return all;
}

const declared = new Map(everyCall.map(({ name, call }) => [name, call]));

/** Returns what a call of the port is about. */
export function subjectOf(name: CallName, given: readonly unknown[]): Subject {
  const call = declared.get(name);
  const values: string[] = [];
  const query: Record<string, string> = {};
  const places = call?.arguments ?? [];
  for (const [at, place] of places.entries()) {
    const value = given[at];
    if (value === undefined) continue;
    if (place.at === "path") values.push(String(value));
    if (place.at === "query" && place.name !== undefined) {
      const parts = place.split?.(String(value)) ?? { [place.name]: textOf(value) };
      Object.assign(query, parts);
    }
  }
  const options = given[places.length];
  if (isRecord(options)) {
    for (const [option, place] of Object.entries(call?.options ?? {})) {
      const value = options[option];
      if (place.at === "query" && value !== undefined) query[place.name ?? option] = textOf(value);
    }
  }
  const names = namesIn(call?.route ?? "");
  const path = Object.fromEntries(names.flatMap((all, at) => all.map((each) => [each, values[at] ?? ""])));
  return { call: name, route: undefined, arguments: given, path, query };
}

/** Returns the variable parts of a request's path, by the names that the engine gives them and by those of the port. */
export function pathOf(
  route: string,
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const values = Object.values(variables);
  return Object.fromEntries(namesIn(route).flatMap((all, at) => all.map((each) => [each, values[at] ?? ""])));
}

const namesByRoute = new Map<string, string[][]>();

/** Returns the names of a route's variable parts: for each of them that of the engine, and that of the port. */
export function namesIn(route: string): readonly (readonly string[])[] {
  const key = anonymous(route);
  let found = namesByRoute.get(key);
  if (!found) {
    const routes = [route, ...(namedRoutes.get(key) ?? []).map(({ call }) => call.route)];
    for (const release of releaseNames)
      routes.push(
        ...routesOf(release)
          .map(routeName)
          .filter((each) => anonymous(each) === key),
      );
    const all = routes.map((each) => [...each.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name!));
    found = all[0]!.map((_, at) => [...new Set(all.map((names) => names[at]!))]);
    namesByRoute.set(key, found);
  }
  return found;
}

/** Returns a value as the query has it. */
function textOf(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

/** What has labels. */
interface Labelled {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Returns the container that a call is about: one that is there, or the one that it makes. */
export function containerOf(
  daemon: Daemon,
  { call, arguments: given, query }: Subject,
): Labelled | undefined {
  const [group, method] = (call ?? "").split(".");
  const [first, second] = given;
  if (call === "containers.create") {
    return { id: "", name: query.name ?? "", labels: labelsIn(first) };
  }
  if (group === "exec") {
    if (method === "create") return container(daemon, first);
    return asLabelled(daemon.execs.get(String(first))?.container);
  }
  if (call === "networks.connect" || call === "networks.disconnect") {
    return container(daemon, isRecord(second) ? second.Container : undefined);
  }
  return group === "containers" ? container(daemon, first) : undefined;
}

/** Returns the network that a call is about: one that is there, or the one that it makes. */
export function networkOf(daemon: Daemon, { call, arguments: [first] }: Subject): Labelled | undefined {
  if (!call?.startsWith("networks.")) return undefined;
  if (call === "networks.create") {
    const name = isRecord(first) ? String(first.Name ?? "") : "";
    return { id: "", name, labels: labelsIn(first) };
  }
  const ref = String(first ?? "");
  const { byId } = daemon.networks;
  for (const network of byId.values()) {
    if (network.id === ref || network.name === ref) return network;
  }
  const [found, another] = ref === "" ? [] : byId.startingWith(ref, 2);
  return another ? undefined : found;
}

/** Returns the labels of what a call is about. */
export function labelsOf(daemon: Daemon, subject: Subject): Readonly<Record<string, string>>[] {
  const {
    call,
    arguments: [first],
  } = subject;
  if (call === "volumes.create") return [labelsIn(first)];
  if (call?.startsWith("volumes.")) return [daemon.volumes.get(String(first))?.labels ?? {}];
  return [containerOf(daemon, subject), networkOf(daemon, subject)].flatMap((found) =>
    found ? [found.labels] : [],
  );
}

function labelsIn(request: unknown): Readonly<Record<string, string>> {
  const labels = isRecord(request) ? request.Labels : undefined;
  return isRecord(labels) ? (labels as Record<string, string>) : {};
}

function container(daemon: Daemon, given: unknown): Labelled | undefined {
  const ref = String(given ?? "").replace(/^\//, "");
  if (ref === "") return undefined;
  const { containers } = daemon;
  const exact = containers.byId.get(ref) ?? containers.named(ref);
  if (exact) return asLabelled(exact);
  const [found, another] = containers.byId.startingWith(ref, 2);
  return another ? undefined : asLabelled(found);
}

function asLabelled(
  found:
    | { readonly id: string; readonly name: string; readonly config: { readonly Labels?: object | null } }
    | undefined,
): Labelled | undefined {
  return (
    found && { id: found.id, name: found.name, labels: { ...found.config.Labels } as Record<string, string> }
  );
}
