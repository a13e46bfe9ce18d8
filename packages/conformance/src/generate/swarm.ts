import type fc from "fast-check";
import { type Command, command } from "../commands/command.js";
import { pick } from "./arbitraries.js";

/**
 * Generates reads of a swarm. No engine is in a swarm during a sequence, and each refuses them in its own
 * words.
 */
export const readSwarm: fc.Arbitrary<Command> = pick([
  command("swarm.inspect"),
  command("swarm.unlockKey"),
  command("nodes.list"),
  command("nodes.inspect", "self"),
  command("services.list"),
  command("services.inspect", "nope"),
  command("tasks.list", { filters: { runtime: ["attachment"] } }),
  command("tasks.inspect", "nope"),
  command("secrets.list"),
  command("secrets.inspect", "nope"),
  command("configs.list"),
  command("configs.inspect", "nope"),
]);
