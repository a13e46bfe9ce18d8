import { fileURLToPath } from "node:url";
import { readScenarios, type Scenario } from "../scenario.js";

/** The folders of the scenarios that the two docker commands are compared in, beside `clients/`. */
export const cliFolders: readonly string[] = ["docker", "cli/scenarios"];

/** Scenarios that make a swarm, which the port reads and does not change. */
const notOverPort = new Set(["swarm"]);

/** Whether a scenario can be run by @dryharbor/docker-cli. */
export function isOverPort(scenario: string): boolean {
  return !notOverPort.has(scenario);
}

/** The scenarios that can be compared, in order, with their folders. */
export async function cliScenarios(folders: readonly string[]): Promise<(Scenario & { folder: string })[]> {
  const read = folders.map(async (folder) => {
    const scenarios = await readScenarios(fileURLToPath(new URL(`../${folder}`, import.meta.url)));
    return scenarios.filter(({ name }) => isOverPort(name)).map((scenario) => ({ ...scenario, folder }));
  });
  return (await Promise.all(read)).flat();
}
