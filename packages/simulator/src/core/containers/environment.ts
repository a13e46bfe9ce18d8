import type { User } from "@dryharbor/kernel";
import type { Daemon } from "../daemon.js";
import { hostnameOf } from "../files/hostname.js";
import type { Container } from "./container.js";
import { linkEnvironment } from "./link-environment.js";
import { homeOf } from "./user.js";

/** The settings of one process that go into its environment. */
export interface ProcessGiven {
  readonly tty: boolean;
  /** An exec's own variables. `NAME` without a value removes a variable. */
  readonly env?: readonly string[];
  /** The user that it runs as, whose home directory it gets. */
  readonly user: User;
}

const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * Makes the environment of a container's first process, or of an exec in it: entries `NAME=value` in the
 * order in which `env` prints them.
 */
export function processEnvironment(daemon: Daemon, container: Container, given: ProcessGiven): string[] {
  const { linkPorts, linkVariables, repeatedNames } = daemon.release.environment;
  const links = linkVariables
    ? (container.links ?? []).flatMap((link) => linkEnvironment(container.name, link, linkPorts))
    : [];
  const defaults = [
    `PATH=${defaultPath}`,
    `HOSTNAME=${hostnameOf(daemon, container)}`,
    ...(given.tty ? ["TERM=xterm"] : []),
    ...links,
  ];
  const engines = overridden(overridden(defaults, container.config.Env ?? []), given.env ?? []);
  const home = (): string => homeOf(daemon, container, given.user);
  return repeatedNames === "set in turn" ? setInTurn(engines, home) : lastOfEach(engines, home);
}

/** Replaces entries in place, adds new ones at the end, and removes those that are named without a value. */
function overridden(defaults: readonly string[], overrides: readonly string[]): string[] {
  const result: (string | undefined)[] = [...defaults];
  // Only entries of the defaults are replaced, so a name given twice stays twice. Of equal defaults, the last
  // counts.
  const places = new Map(defaults.map((entry, at) => [nameOf(entry), at]));
  for (const entry of overrides) {
    const place = places.get(nameOf(entry));
    const value = entry.includes("=") ? entry : undefined;
    if (place !== undefined) result[place] = value;
    else if (value !== undefined) result.push(value);
  }
  return result.filter((entry): entry is string => entry !== undefined);
}

/**
 * What runc of 20.10 and 26.1 does: a name keeps its first place and gets its last value. HOME is set if it
 * is empty.
 */
function setInTurn(entries: readonly string[], home: () => string): string[] {
  const values = new Map<string, string>();
  for (const entry of entries) values.set(nameOf(entry), entry);
  if ((values.get("HOME") ?? "HOME=") === "HOME=") values.set("HOME", `HOME=${home()}`);
  return [...values.values()];
}

/**
 * What runc of 28.5 does: each name keeps its last entry, in that place. HOME comes at the end if it is
 * empty.
 */
function lastOfEach(entries: readonly string[], home: () => string): string[] {
  const last = new Map(entries.map((entry, at) => [nameOf(entry), at]));
  const kept = entries.filter((entry, at) => last.get(nameOf(entry)) === at && entry !== "HOME=");
  return kept.some((entry) => nameOf(entry) === "HOME") ? kept : [...kept, `HOME=${home()}`];
}

function nameOf(entry: string): string {
  return entry.split("=", 1)[0] as string;
}
