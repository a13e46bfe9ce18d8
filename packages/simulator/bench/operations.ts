import type { Engine } from "@dryharbor/sdk";

const prefix = "dryharbor-bench";
/** Where the two containers below are. */
const home = `${prefix}-home`;
const elsewhere = `${prefix}-elsewhere`;
const asker = `${prefix}-asker`;
const asked = `${prefix}-asked`;

/** One thing that is measured. */
export interface Operation {
  readonly name: string;
  /** Whether it changes the engine's state: for these there is a target. */
  readonly changes: boolean;
  run(engine: Engine): Promise<void>;
}

let made = 0;

/** A name that nobody had before, as in life: a table that loses and gets the same name over and over is a case of its own. */
function newName(): string {
  return `${prefix}-${made++}`;
}

export const operations: readonly Operation[] = [
  {
    name: "create and remove a network",
    changes: true,
    async run({ networks }) {
      const Name = newName();
      await networks.create({ Name });
      await networks.remove(Name);
    },
  },
  {
    name: "connect and disconnect",
    changes: true,
    async run({ networks }) {
      await networks.connect(elsewhere, { Container: asker, EndpointConfig: { Aliases: ["db"] } });
      await networks.disconnect(elsewhere, { Container: asker });
    },
  },
  {
    name: "create, start and remove a container",
    changes: true,
    async run({ containers }) {
      const name = newName();
      await containers.create(container(home), { name });
      await containers.start(name);
      await containers.remove(name, { force: true });
    },
  },
  {
    name: "resolve a name",
    changes: false,
    async run({ dns }) {
      const { status } = await dns.resolve(asker, { name: asked });
      if (status !== "found") throw new Error(`${asked} does not resolve: ${status}`);
    },
  },
  {
    name: "inspect a network",
    changes: false,
    async run({ networks }) {
      await networks.inspect(home);
    },
  },
  {
    name: "inspect a container",
    changes: false,
    async run({ containers }) {
      await containers.inspect(asker);
    },
  },
];

/** A container that sleeps, on a network. */
export function container(network: string) {
  return { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { NetworkMode: network } };
}

/** Makes what the operations work on. */
export async function prepare(engine: Engine): Promise<void> {
  await engine.networks.create({ Name: home });
  await engine.networks.create({ Name: elsewhere });
  for (const name of [asker, asked]) {
    await engine.containers.create(container(home), { name });
    await engine.containers.start(name);
  }
}

/** Clears away what {@link prepare}, or a run that was broken off, has left. */
export async function tidyUp(engine: Engine): Promise<void> {
  const ours = { name: [`^/?${prefix}`] };
  for (const { Id } of await engine.containers.list({ all: true, filters: ours })) {
    await engine.containers.remove(Id, { force: true });
  }
  for (const { Id } of await engine.networks.list({ filters: ours })) await engine.networks.remove(Id);
}
