import fc from "fast-check";
import type { Command } from "../commands/command.js";
import { pick, weighted } from "./arbitraries.js";
import { runMounting } from "./binds.js";
import { aCast, type Cast } from "./cast.js";
import { createAnyContainer, runContainer, runOnBridge, runSpecial } from "./containers.js";
import { wire } from "./endpoints.js";
import { execute } from "./execs.js";
import { handleFiles } from "./files.js";
import { handleImages } from "./images.js";
import { live } from "./lifecycle.js";
import { look } from "./look.js";
import { createAnyNetwork, createFromConfiguration, createGoodNetwork, removeNetworks } from "./networks.js";
import { readSwarm } from "./swarm.js";
import { handleVolumes } from "./volumes.js";
import { awaitContainer } from "./waits.js";

const alone = (arbitrary: fc.Arbitrary<Command>): fc.Arbitrary<Command[]> =>
  arbitrary.map((command) => [command]);

/**
 * Generates the first commands of a sequence: networks, and containers that run on them. Later commands then
 * reach deep states.
 */
function opening(cast: Cast): fc.Arbitrary<Command[]> {
  return fc
    .tuple(
      fc.tuple(...cast.networks.map(createGoodNetwork)),
      fc.tuple(...cast.containers.map((name) => runContainer(cast, fc.constant(name)))),
    )
    .map(([networks, containers]) => [...networks, ...containers.flat()]);
}

function anything(cast: Cast): fc.Arbitrary<Command[]> {
  return weighted(
    [4, alone(createAnyNetwork(cast))],
    [2, alone(removeNetworks(cast))],
    [7, alone(createAnyContainer(cast))],
    [4, runContainer(cast, pick(cast.containers))],
    [2, runOnBridge(cast)],
    [2, runSpecial(cast)],
    [4, runMounting(cast)],
    [1, createFromConfiguration(cast)],
    [22, alone(live(cast))],
    [24, alone(wire(cast))],
    [7, alone(look(cast))],
    [2, awaitContainer(cast)],
    [5, execute(cast)],
    [3, alone(handleFiles(cast))],
    [3, alone(handleVolumes)],
    [3, alone(handleImages)],
    [1, alone(readSwarm)],
  );
}

/** Generates a sequence of at most `length` commands. */
export function commandSequence(length: number): fc.Arbitrary<Command[]> {
  return aCast.chain((cast) =>
    fc
      .tuple(
        // One sequence in ten has no opening, so that first steps are compared, too.
        weighted([9, opening(cast)], [1, fc.constant<Command[]>([])]),
        fc.array(anything(cast), { minLength: length, maxLength: length, size: "max" }),
      )
      .map(([opening, parts]) => [...opening, ...parts.flat()].slice(0, length)),
  );
}
