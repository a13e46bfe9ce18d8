import {
  type ContainerCreateRequest,
  collectOutput,
  type Engine,
  NotFoundError,
  type ProcessStream,
} from "@dryharbor/sdk";
import type { Seen } from "../lesson.js";
import { readable, waitsForInput } from "../terminal-text.js";
import type { Command } from "./through-port.js";
import type { Words } from "./words.js";

/** `docker run`. */
export const runContainer: Command = async ({ engine }, words, { typed }) => {
  const { options } = words;
  const id = await create(engine, requestOf(words), options.get("--name")?.at(-1));
  if (options.has("-d")) {
    await engine.containers.start(id);
    return { stdout: `${id}\n` };
  }
  const terminal = options.has("-t");
  const process = await engine.containers.attach(id, { stdin: options.has("-i") });
  await engine.containers.start(id);
  const output = terminal ? await atTerminal(process, typed ?? []) : await collectOutput(process);
  const { StatusCode } = await engine.containers.wait(id);
  if (options.has("--rm")) await engine.containers.remove(id);
  return { ...output, exitCode: StatusCode };
};

function requestOf({ options, rest: [image, ...command] }: Words): ContainerCreateRequest {
  const network = options.get("--net")?.at(-1) ?? "bridge";
  const Links = [...(options.get("--link") ?? [])];
  const ports = (options.get("-p") ?? []).map((port) => port.split(":") as [outer: string, inner: string]);
  const [Tty, OpenStdin] = [options.has("-t"), options.has("-i")];
  return {
    Image: image!,
    ...(command.length > 0 && { Cmd: command }),
    Tty,
    OpenStdin,
    StdinOnce: OpenStdin && !options.has("-d"),
    ExposedPorts: Object.fromEntries(ports.map(([, inner]) => [`${inner}/tcp`, {}])),
    HostConfig: {
      NetworkMode: network,
      PortBindings: Object.fromEntries(
        ports.map(([outer, inner]) => [`${inner}/tcp`, [{ HostPort: outer }]]),
      ),
      ...(network === "bridge" && { Links }),
    },
    ...(network !== "bridge" && { NetworkingConfig: { EndpointsConfig: { [network]: { Links } } } }),
  };
}

/** Creates a container, and pulls its image where the engine does not have it. */
async function create(engine: Engine, request: ContainerCreateRequest, name?: string): Promise<string> {
  const options = name === undefined ? {} : { name };
  try {
    return (await engine.containers.create(request, options)).Id;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    await engine.images.pull(request.Image);
    return (await engine.containers.create(request, options)).Id;
  }
}

/** Types the lines at the prompts of a terminal, one at each, and returns all that it shows. */
async function atTerminal(process: ProcessStream, typed: readonly string[]): Promise<Partial<Seen>> {
  const decoder = new TextDecoder();
  const left = [...typed];
  let shown = "";
  for await (const { data } of process) {
    shown += decoder.decode(data, { stream: true });
    const line = waitsForInput(shown) ? left.shift() : undefined;
    if (line !== undefined) await process.write(`${line}\n`);
  }
  return { stdout: readable(shown) };
}

/** `docker exec`. */
export const runInside: Command = async ({ engine }, { rest: [container, ...Cmd] }) => {
  const { Id } = await engine.exec.create(container!, { Cmd, AttachStdout: true, AttachStderr: true });
  const output = await collectOutput(await engine.exec.start(Id));
  const { ExitCode } = await engine.exec.inspect(Id);
  return { ...output, exitCode: ExitCode ?? 0 };
};
