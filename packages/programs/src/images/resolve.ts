// Which image a tag of a known repository is: its system, its version, and the facts that hold for it.
import { alpineReleases } from "./alpine.js";
import { type DebianRelease, debianReleases } from "./debian.js";
import type { ImageFacts } from "./facts.js";
import { knownImages } from "./known.js";

/** A repository without its registry (`library/redis`), and a tag. */
export interface ImageName {
  readonly path: string;
  readonly tag: string;
}

/** The facts of one tag. */
export interface ResolvedImage {
  readonly facts: Omit<ImageFacts, "alpine" | "versions">;
  /** The release of its system. `undefined` for one that has no releases. */
  readonly release: string | DebianRelease | undefined;
}

/** Returns what is known of an image; `undefined` for one that nobody has described. */
export function resolveImage({ path, tag }: ImageName): ResolvedImage | undefined {
  const known = Object.hasOwn(knownImages, path) ? knownImages[path] : undefined;
  if (!known) return undefined;
  const { alpine, versions, ...plain } = known;
  const isAlpine = alpine !== undefined && tag.includes("alpine");
  const merged: ResolvedImage["facts"] = isAlpine ? { ...plain, base: "alpine", ...alpine } : plain;
  const version = versionOf(versions, tag);
  const facts = version === undefined ? merged : withVersion(merged, version);
  return { facts, release: releaseOf(facts.base, path, tag) };
}

/** Returns the version that a tag means, such as 7.2.10 for `7.2-alpine`. */
function versionOf(versions: readonly string[] | undefined, tag: string): string | undefined {
  const [newest] = versions ?? [];
  const [asked] = /^v?\d[\d.]*/.exec(tag) ?? [];
  if (!newest || asked === undefined) return newest;
  const wanted = asked.replace(/^v/, "");
  return versions?.find((each) => each === wanted || each.startsWith(`${wanted}.`)) ?? wanted;
}

function withVersion(facts: ResolvedImage["facts"], version: string): ResolvedImage["facts"] {
  const [major = version] = version.split(".");
  const filled = JSON.stringify(facts).replaceAll("$v", version).replaceAll("$m", major);
  return JSON.parse(filled) as ResolvedImage["facts"];
}

function releaseOf(base: ImageFacts["base"], path: string, tag: string): ResolvedImage["release"] {
  if (base === "alpine") {
    const pattern = path === "library/alpine" ? /^(\d+\.\d+(?:\.\d+)?)/ : /alpine(\d+\.\d+)/;
    const asked = pattern.exec(tag)?.[1];
    if (asked === undefined) return alpineReleases[0];
    return alpineReleases.find((each) => each === asked || each.startsWith(`${asked}.`)) ?? asked;
  }
  if (base !== "debian" && base !== "ubuntu") return undefined;
  const releases = debianReleases.filter(({ ubuntu }) => ubuntu === (base === "ubuntu"));
  const isSystem = path === "library/debian" || path === "library/ubuntu";
  const named = ({ codename, version }: DebianRelease): boolean =>
    tag.includes(codename) ||
    (isSystem && (tag === version || (/^[.-]/.test(tag.slice(version.length)) && tag.startsWith(version))));
  return releases.find(named) ?? releases[0];
}

/** Returns whether an image adds a program of this name to those of its system. */
export function addsProgram({ facts: { programs = {} } }: ResolvedImage, name: string): boolean {
  return Object.values(programs).some((names) =>
    names.split(/\s+/).some((each) => each.split("=", 1)[0] === name),
  );
}

/** Programs beside an image's own that may run for as long as somebody wants them. */
const mayServe: ReadonlySet<string> = new Set(
  `apache2 apache2-foreground apache2ctl bundle ghost go gunicorn iperf iperf3 irb java mongos node nodejs npm npx php python
python3 rake redis-sentinel ruby socat startup.sh yarn`.split(/\s+/),
);

/**
 * Returns whether a program that an image brings ends by itself, so that nobody waits for it to be stopped: one that is
 * neither the image's own nor one that runs what users write, and any that is only asked for its version or its help.
 */
export function endsByItself({ facts }: ResolvedImage, command: string, args: readonly string[]): boolean {
  if (args.length === 1 && /^(--?version|-[vV]|--help|-h)$/.test(args[0] as string)) return true;
  const name = command.slice(command.lastIndexOf("/") + 1);
  const own = [
    ...(facts.entrypoint ?? []),
    ...(facts.cmd ?? []),
    ...(facts.script?.program?.split(" ") ?? []),
  ];
  return !mayServe.has(name) && !own.some((word) => word.slice(word.lastIndexOf("/") + 1) === name);
}
