import type { WaitCondition } from "@dryharbor/sdk/port";
import fc from "fast-check";
import { badCommand, type Command, command } from "../commands/command.js";
import { often, pick, weighted } from "./arbitraries.js";
import { aContainer, type Cast } from "./cast.js";

const conditions: readonly (WaitCondition | undefined)[] = [undefined, "not-running", "next-exit", "removed"];

/**
 * Generates a wait for a container, mostly with the command that ends it. Otherwise a later command may end
 * it.
 */
export function awaitContainer(cast: Cast): fc.Arbitrary<Command[]> {
  return aContainer(cast).chain((container) => {
    const wait = often<Command>(
      pick(conditions).map((condition) =>
        command("containers.wait", container, ...(condition ? [{ condition }] : [])),
      ),
      20,
      fc.constant(badCommand("containers.wait", container, { condition: "zz" })),
    );
    const end = weighted<Command[]>(
      [2, fc.constant([])],
      [2, fc.constant([command("containers.start", container)])],
      [1, fc.constant([command("containers.stop", container, { t: 0 })])],
      [1, fc.constant([command("containers.kill", container)])],
      [1, fc.constant([command("containers.restart", container, { t: 0 })])],
      [2, fc.constant([command("containers.remove", container, { force: true })])],
      [1, fc.constant([command("containers.prune")])],
    );
    return fc.tuple(wait, end).map(([first, rest]) => [first, ...rest]);
  });
}
