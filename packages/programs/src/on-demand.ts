import type { Files, Program, ProgramTable, Resolver } from "@dryharbor/kernel";
import { builtInNames } from "./built-in-names.js";
import type { ImageKit } from "./images/kit.js";
import { networkTools } from "./network-tools-on-demand.js";
import { services } from "./services-on-demand.js";

interface Loaded {
  readonly builtInPrograms: ProgramTable;
  readonly imageKit: ImageKit;
  resolverOf(files: Files): Resolver;
}

let loaded: Loaded | undefined;
let loading: Promise<void> | undefined;

/**
 * Loads the built-in programs, and what is known of images. Returns `undefined` once they are there, so that only the first
 * processes wait. A load that fails is tried again by the next call.
 */
export function loadBuiltInPrograms(): Promise<void> | undefined {
  if (loaded) return undefined;
  // By the package's name, since the simulator bundles this file and not the programs.
  loading ??= import("@dryharbor/programs").then(
    (parts) => {
      loaded = parts;
    },
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/**
 * Returns what is known of images.
 *
 * @throws {Error} {@link loadBuiltInPrograms} has not loaded it
 */
export function loadedImageKit(): ImageKit {
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
    await loadBuiltInPrograms();
    return loaded!.resolverOf(files);
  };
  return {
    lookUp: async (...question) => (await chosen()).lookUp(...question),
    reverse: async (...question) => (await chosen()).reverse(...question),
  };
}

/**
 * The built-in programs, the services and the network tools, by the names that they have from the start. A program that
 * is started before {@link loadProgramsFor} has loaded it begins when it is loaded: until then it handles no signals.
 */
export const builtInProgramsOnDemand: ProgramTable = new Map([
  ...builtInNames.map((name): [string, Program] => [name, (process) => programNamed(name)(process)]),
  ...services.programs,
  ...networkTools.programs,
]);

/**
 * Loads the built-in programs, and the services or the network tools if a command names one. Returns `undefined` once
 * they are there.
 *
 * @param command the words of a command, such as `docker-entrypoint.sh redis-server`
 */
export function loadProgramsFor(command: readonly string[]): Promise<void> | undefined {
  const missing = [loadBuiltInPrograms(), services.loadFor(command), networkTools.loadFor(command)].filter(
    (each) => each !== undefined,
  );
  return missing.length === 0 ? undefined : Promise.all(missing).then(() => {});
}

/** Returns whether a program of this name comes with the simulator. */
export function isBuiltIn(name: string): boolean {
  return builtInProgramsOnDemand.has(name);
}

function programNamed(name: string): Program {
  return (
    loaded?.builtInPrograms.get(name) ??
    (async (process) => {
      await loadBuiltInPrograms();
      return await loaded!.builtInPrograms.get(name)!(process);
    })
  );
}
