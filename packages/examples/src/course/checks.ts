// The checks of which the lessons are made. They ask what was printed, and what the engine says of itself.
import type { Engine, NetworkInspect } from "@dryharbor/sdk";
import type { Check } from "./lesson.js";

/** A check of what was printed alone. */
export function prints(claim: string, text: RegExp): Check {
  return { claim, holds: ({ stdout }) => text.test(stdout) };
}

export function doesNotPrint(claim: string, text: RegExp): Check {
  return { claim, holds: ({ stdout, exitCode }) => exitCode === 0 && !text.test(stdout) };
}

export const printsAnId = prints("it prints an id of 64 digits", /^[0-9a-f]{64}\n$/);

export const isSilent: Check = {
  claim: "it says nothing, and all is well",
  holds: ({ stdout, stderr, exitCode }) => `${stdout}${stderr}` === "" && exitCode === 0,
};

/** The command was refused by the engine. */
export function refused(because: RegExp): Check {
  return {
    claim: `the engine refuses: ${because.source}`,
    holds: ({ stderr, exitCode }) => exitCode !== 0 && because.test(stderr),
  };
}

/** A `ping` was answered, from the address that the container has on the network. */
export function pinged(container: string, network: string): Check {
  return {
    claim: `the answer comes from ${container}'s address on ${network}`,
    async holds({ stdout }, { engine }) {
      const address = await addressOf(engine, container, network);
      return (
        stdout.includes(`bytes from ${address}: seq=0`) &&
        stdout.includes("1 packets received, 0% packet loss")
      );
    },
  };
}

/** A `ping` found nobody of the name. */
export function nobodyIs(name: string): Check {
  return {
    claim: `nobody answers to the name ${name} here`,
    holds: ({ stderr, exitCode }) => exitCode === 1 && stderr === `ping: bad address '${name}'\n`,
  };
}

export function runs(container: string): Check {
  return {
    claim: `${container} runs`,
    holds: async (_, { engine }) => (await engine.containers.inspect(container)).State.Running,
  };
}

/** The containers that run on a network are those, and no other. */
export function isOn(network: string, ...names: readonly string[]): Check {
  return {
    claim:
      names.length === 0
        ? `nobody is on ${network}`
        : `${names.join(" and ")} is on ${network}, and nobody else`,
    holds: async (_, { engine }) => {
      const { Containers } = await engine.networks.inspect(network);
      return sameNames(Containers, names);
    },
  };
}

function sameNames(containers: NetworkInspect["Containers"], names: readonly string[]): boolean {
  const there = Object.values(containers ?? {}).map(({ Name }) => Name);
  return JSON.stringify(there.sort()) === JSON.stringify([...names].sort());
}

/** Returns the address of a container on a network, or an empty string if it has none. */
export async function addressOf(engine: Engine, container: string, network: string): Promise<string> {
  const { NetworkSettings } = await engine.containers.inspect(container);
  return NetworkSettings.Networks[network]?.IPAddress ?? "";
}

/** Returns the name of the web server, which the course gives none of its own. */
export async function webServer(engine: Engine): Promise<string> {
  const image = "katacoda/redis-node-docker-example";
  const found = (await engine.containers.list()).find(({ Image }) => Image === image);
  return found?.Names[0]?.slice(1) ?? "no web server";
}
