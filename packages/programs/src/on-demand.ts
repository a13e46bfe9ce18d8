import type { Files, ProgramTable, Resolver } from "@dryharbor/kernel";
import { builtInNames } from "./built-in-names.js";
import type { ImageKit } from "./images/kit.js";
import { networkToolNames } from "./network-tool-names.js";
import { PartOnDemand } from "./part-on-demand.js";
import { ProgramSet } from "./program-set.js";
import { seldomNames } from "./seldom-names.js";
import { serviceFiles, serviceNames } from "./service-names.js";

interface BuiltIn {
  readonly builtInPrograms: ProgramTable;
  readonly imageKit: ImageKit;
  resolverOf(files: Files): Resolver;
}

// All by the package's name, since the simulator bundles this file and not the programs.
const builtIn = new PartOnDemand<BuiltIn>(() => import("@dryharbor/programs"));
const shell = new ProgramSet(builtInNames, builtIn, (part) => part.builtInPrograms);
/** The sets that are loaded only where a command names one of their programs. */
const sets = [
  new ProgramSet(
    seldomNames,
    new PartOnDemand(() => import("@dryharbor/programs/seldom")),
    (part) => part.seldomPrograms,
  ),
  new ProgramSet(
    serviceNames,
    new PartOnDemand(() => import("@dryharbor/programs/services")),
    (part) => part.servicePrograms,
    serviceFiles,
  ),
  new ProgramSet(
    networkToolNames,
    new PartOnDemand(() => import("@dryharbor/programs/network-tools")),
    (part) => part.networkToolPrograms,
  ),
];

/**
 * Loads the shell with the programs beside it, and what is known of images. Returns `undefined` once they are there, so that
 * only the first processes wait. A load that fails is tried again by the next call.
 */
export function loadBuiltInPrograms(): Promise<void> | undefined {
  return builtIn.load();
}

/**
 * Returns what is known of images.
 *
 * @throws {Error} {@link loadBuiltInPrograms} has not loaded it
 */
export function loadedImageKit(): ImageKit {
  const { loaded } = builtIn;
  if (!loaded) throw new Error("what is known of images is not loaded: call loadBuiltInPrograms first");
  return loaded.imageKit;
}

/**
 * Returns how the C library of a system looks names up.
 *
 * @param files the files of the system, which tell which library it has
 */
export function resolverOnDemand(files: Files): Resolver {
  const chosen = async (): Promise<Resolver> => {
    await builtIn.load();
    return builtIn.loaded!.resolverOf(files);
  };
  return {
    lookUp: async (...question) => (await chosen()).lookUp(...question),
    reverse: async (...question) => (await chosen()).reverse(...question),
  };
}

/**
 * The programs of all sets, by the names that they have from the start. A program that is started before
 * {@link loadProgramsFor} has loaded it begins when it is loaded: until then it handles no signals.
 */
export const builtInProgramsOnDemand: ProgramTable = new Map(
  [shell, ...sets].flatMap(({ programs }) => programs),
);

/**
 * Loads the shell with the programs beside it, and each other set if a command names one of its programs. Returns
 * `undefined` once they are there.
 *
 * @param command the words of a command, such as `docker-entrypoint.sh redis-server`
 */
export function loadProgramsFor(command: readonly string[]): Promise<void> | undefined {
  const missing = [builtIn.load(), ...sets.map((set) => set.loadFor(command))].filter(
    (each) => each !== undefined,
  );
  return missing.length === 0 ? undefined : Promise.all(missing).then(() => {});
}

/** Returns whether a program of this name comes with the simulator. */
export function isBuiltIn(name: string): boolean {
  return builtInProgramsOnDemand.has(name);
}
