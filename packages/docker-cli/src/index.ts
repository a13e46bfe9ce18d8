// The entry `@dryharbor/docker-cli`: the docker command as a function over an engine.

export { apiVersionOf, type SimulatedEngine } from "./client.js";
export { type ComposeFileOptions, composeFileOf } from "./compose/export.js";
export {
  type CommandResult,
  completeDocker,
  type DockerCommand,
  type DockerCommandOptions,
  dockerCommand,
} from "./docker-command.js";
export type { CommandFiles, CommandIo, CommandTerminal } from "./io.js";
export type { ReleaseName } from "./releases.js";
export { wordsOf } from "./words.js";
