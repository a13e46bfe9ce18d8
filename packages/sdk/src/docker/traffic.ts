import type { Engine } from "../engine.js";
import { EngineError, UsageError } from "../errors.js";
import { run } from "../run.js";
import { probeLabel } from "../temporary-container.js";
import type { Traffic, TrafficAnswer, TrafficProbe } from "../traffic.js";

/** Tries to reach addresses, in place of the driver's own way. `undefined` stands for the engine's host. */
export type TrafficAsker = (
  container: string | undefined,
  probes: readonly TrafficProbe[],
  abortSignal?: AbortSignal,
) => Promise<TrafficAnswer[]>;

export function dockerTraffic(ask: TrafficAsker): Traffic {
  return {
    probe: (container, probes, { abortSignal } = {}) => ask(container, probes, abortSignal),
    probeFromHost: (probes, { abortSignal } = {}) => ask(undefined, probes, abortSignal),
  };
}

/** How long an answer may take, in seconds. */
const patience = 2;

/** The driver's own way: from a container that shares the target's network namespace. */
export function probeByContainer(engine: Pick<Engine, "containers" | "images">, image: string): TrafficAsker {
  return async (container, probes, abortSignal) => {
    const call = abortSignal ? { abortSignal } : {};
    let mode = "host";
    if (container !== undefined) {
      const { Id, State } = await engine.containers.inspect(container, call);
      // Refused by the engine, in its own words.
      if (!State.Running || State.Restarting) await engine.containers.top(Id, call);
      mode = `container:${Id}`;
    }
    if (probes.length === 0) return [];
    const { stdout } = await run(
      engine as Engine,
      {
        Image: image,
        Entrypoint: ["sh", "-c", [...probes.map(lineOf), "wait"].join("\n")],
        Cmd: [],
        Labels: { [probeLabel]: "true" },
        HostConfig: { NetworkMode: mode },
      },
      { ...call, remove: true, pull: "missing" },
    ).catch((cause: unknown) => {
      if (!(cause instanceof EngineError)) throw cause;
      throw new UsageError(
        `traffic needs the image ${image} on the engine, for the container that it asks from: ${cause.message}. ` +
          "Load it there, or name another one with sh, nc and ping as probeImage",
        { cause },
      );
    });
    const answers = new Map(stdout.trim().split("\n").map(answerOf));
    return probes.map((_, place) => answers.get(place) ?? "silent");
  };
}

/** Makes the line of a script that prints the probe's place, its program's exit code, and what that says. */
function lineOf({ address, port }: TrafficProbe, place: number): string {
  if (!/^[\d.]+$|^[\da-f:.]+$/i.test(address)) throw new UsageError(`not an IP address: ${address}`);
  const family = address.includes(":") ? " -6" : "";
  const program =
    port === undefined
      ? `ping${family} -c 1 -w ${patience} ${address}`
      : `nc -w ${patience} ${address} ${port} -e true`;
  return `(said=$(${program} 2>&1); code=$?; echo ${place} $code $said) &`;
}

function answerOf(line: string): [number, TrafficAnswer] {
  const [place, code, ...said] = line.split(" ");
  const text = said.join(" ");
  if (code === "0") return [Number(place), "answers"];
  if (/refused/i.test(text)) return [Number(place), "refused"];
  return [Number(place), noRoute.test(text) ? "no-route" : "silent"];
}

/** What BusyBox says without a route. An address can't be assigned where a namespace has none of the family. */
const noRoute = /network (is )?unreachable|cannot assign requested address|permission denied/i;
