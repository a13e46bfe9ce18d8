import type { Program, ProgramTable } from "@dryharbor/kernel";
import { serviceFiles, serviceNames } from "./service-names.js";

let loaded: ProgramTable | undefined;
let loading: Promise<void> | undefined;

const names: ReadonlySet<string> = new Set([...serviceNames, ...serviceFiles]);

/** Loads the services if a command names one. Returns `undefined` when it names none, or when they are there. */
export function loadServices(command: readonly string[]): Promise<void> | undefined {
  const isWanted = command.some((word) => names.has(word.slice(word.lastIndexOf("/") + 1)));
  return isWanted && !loaded ? load() : undefined;
}

function load(): Promise<void> {
  // By the package's name, since the simulator bundles this file and not the services.
  loading ??= import("@dryharbor/programs/services").then(
    ({ servicePrograms }) => {
      loaded = servicePrograms;
    },
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** The services by name. One that is started before it is loaded begins when it is: until then it handles no signals. */
export const servicesOnDemand: readonly (readonly [string, Program])[] = serviceNames.map((name) => [
  name,
  (process) => programNamed(name)(process),
]);

function programNamed(name: string): Program {
  return (
    loaded?.get(name) ??
    (async (process) => {
      await load();
      return await loaded!.get(name)!(process);
    })
  );
}
