// What tests of services have in common: a simulator, containers in it, and what they have logged.
import type { Connection } from "@dryharbor/kernel";
import { type VirtualTime, virtualTime } from "@dryharbor/kernel/host";
import { type ContainerCreateRequest, collectOutput, type Engine } from "@dryharbor/sdk/port";
import type { SimulatedHost } from "../../src/host/host.js";
import { createSimulator } from "../../src/simulator.js";

/** An engine in time of its own. */
export interface World {
  readonly time: VirtualTime;
  readonly engine: Engine;
  readonly host: SimulatedHost;
  /** Creates a container of an image that is pulled, and starts it. Resolves to its id. */
  run(Image: string, options?: Partial<ContainerCreateRequest>, name?: string): Promise<string>;
  /** What a container has logged on both streams. */
  logs(id: string): Promise<string>;
  /** What a command prints in a container, and how it ends. */
  exec(id: string, ...command: string[]): Promise<{ readonly code: number | null; readonly output: string }>;
  /** Runs a container to its end. */
  outcome(
    Image: string,
    options?: Partial<ContainerCreateRequest>,
  ): Promise<{ readonly code: number; readonly output: string }>;
}

/** Makes an engine without containers. */
export function world(): World {
  const time = virtualTime();
  const { engine, host } = createSimulator({ time });
  const output = async (stream: Parameters<typeof collectOutput>[0]): Promise<string> => {
    const { stdout, stderr } = await collectOutput(stream);
    return stdout + stderr;
  };
  const run: World["run"] = async (Image, options = {}, name) => {
    await engine.images.pull(Image);
    const { Id } = await engine.containers.create({ Image, ...options }, name === undefined ? {} : { name });
    await engine.containers.start(Id);
    // What it does at its start takes no time, but turns of the event loop.
    await time.advance(1);
    return Id;
  };
  const logs = async (id: string): Promise<string> => output(await engine.containers.logs(id));
  return {
    time,
    engine,
    host,
    run,
    logs,
    async exec(id, ...Cmd) {
      const { Id } = await engine.exec.create(id, { Cmd, AttachStdout: true, AttachStderr: true });
      const printed = await output(await engine.exec.start(Id));
      return { code: (await engine.exec.inspect(Id)).ExitCode, output: printed };
    },
    async outcome(Image, options) {
      const id = await run(Image, options);
      const { StatusCode: code } = await engine.containers.wait(id);
      return { code, output: await logs(id) };
    },
  };
}

/** Binds a port of a container to one of the host. */
export function published(
  port: number,
  hostPort: number,
  network = "default",
): Required<Pick<ContainerCreateRequest, "ExposedPorts" | "HostConfig">> {
  const name = `${port}/tcp`;
  return {
    ExposedPorts: { [name]: {} },
    HostConfig: { NetworkMode: network, PortBindings: { [name]: [{ HostPort: String(hostPort) }] } },
  };
}

/** Sends text over a connection, and reads until what came ends as wanted. Resolves to it, with another date. */
export async function ask(connection: Connection, text: string, end: RegExp): Promise<string> {
  await connection.write(new TextEncoder().encode(text));
  let got = "";
  while (!end.test(got)) {
    const data = await connection.read();
    if (!data) break;
    got += String.fromCharCode(...data);
  }
  return got.replace(/Date: .* GMT/, "Date: now");
}
