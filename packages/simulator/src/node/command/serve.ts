import { once } from "node:events";
import { type VirtualTime, virtualTime } from "@dryharbor/kernel/host";
import { UsageError } from "@dryharbor/sdk/port";
import type { PullPolicy } from "../../core/images/registry.js";
import { type ReleaseName, releaseNames } from "../../core/releases/row.js";
import type { Simulator } from "../../simulator.js";
import { type ServedControl, serveControl } from "../control/serve-control.js";
import { type DnsServerOptions, dnsServer, type ServedDns } from "../dns/dns-server.js";
import { openFolders } from "../mounts/mounts.js";
import { harFile } from "../recording/har-file.js";
import { recordedHandle } from "../recording/recorded-handle.js";
import { type AnsweredRequest, type Served, serve } from "../serve.js";
import {
  newSimulator,
  type StoredOptions,
  type StoredSimulator,
  storedSimulator,
} from "../state/stored-simulator.js";
import { readArguments } from "./arguments.js";
import { readTls } from "./tls.js";

const usage = (name: string) => `${name} serve: an in-memory Docker Engine for any Docker client

  ${name} serve --host unix:///tmp/docker.sock &
  export DOCKER_HOST=unix:///tmp/docker.sock
  docker network create backend

  -H, --host HOST     listen on HOST: unix:///path/docker.sock or tcp://127.0.0.1:port
                      (port 0 takes any free port); may be given several times
  --release RELEASE   the Docker Engine to play: ${releaseNames.join(", ")} (default ${releaseNames.at(-1)})
  --pull POLICY       the images that a pull finds: any (every name, the default), listed
                      (busybox and alpine) or deny (none: the registry cannot be reached)
  --strict-build      let a build fail where it needs a program that the simulator lacks, such
                      as npm or apt-get; otherwise it leaves that step out, with a warning
  --seed NUMBER       the seed of ids and generated names (default 1)
  --state FILE        keep the state in FILE and go on from it at the next start; every change
                      is on the disk before it is answered
  --record FILE       write each request and its answer, with bodies, to FILE, a HAR document
                      that dryharbor replay sends again
  --publish           open the ports that containers publish on this machine's loopback
                      (with --allow-remote, at the addresses that they are published at)
  --mounts DIR        let containers bind what lies in DIR of this machine, read and written
                      through; may be given several times. Links never lead out of it
  --control ADDRESS   control the engine from outside at unix:///path or tcp://127.0.0.1:port: reset,
                      snapshots, faults, time and more; see dryharbor control --help
  --time virtual      let the engine's time stand still until the control lets it pass
  --dns ADDRESS       answer DNS at ADDRESS, e.g. 127.0.0.1:5353, as 127.0.0.11 does in a container
  --dns-for NAME      the container as which DNS is answered: its name or id
  --tlsverify         on TCP, admit only clients with a certificate; needs the next three
  --tlscacert FILE    the certificate authority of the clients' certificates
  --tlscert FILE      the server's certificate
  --tlskey FILE       the key of the server's certificate
  --allow-remote      allow addresses other than loopback; for --host it needs --tlsverify
  --verbose           log every request to stderr
  -h, --help          show this help

Prints DOCKER_HOST=HOST for each host, and DRYHARBOR_CONTROL=ADDRESS, when all are ready. SIGTERM and SIGINT end it.`;

const options = {
  host: { type: "string", short: "H", multiple: true },
  release: { type: "string" },
  pull: { type: "string" },
  "strict-build": { type: "boolean" },
  seed: { type: "string" },
  state: { type: "string" },
  control: { type: "string" },
  time: { type: "string" },
  record: { type: "string" },
  publish: { type: "boolean" },
  mounts: { type: "string", multiple: true },
  dns: { type: "string" },
  "dns-for": { type: "string" },
  tlsverify: { type: "boolean" },
  tlscacert: { type: "string" },
  tlscert: { type: "string" },
  tlskey: { type: "string" },
  "allow-remote": { type: "boolean" },
  verbose: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/**
 * Serves until a signal tells it to end.
 *
 * @param name the command of which `serve` is a part, for its help
 * @returns the exit code
 */
export async function serveCommand(args: readonly string[], name = "dryharbor"): Promise<number> {
  const { values, positionals } = readArguments(args, options);
  if (values.help) {
    console.log(usage(name));
    return 0;
  }
  if (positionals.length > 0) {
    throw new UsageError(`serve takes options only, not "${positionals[0]}": see ${name} serve --help`);
  }
  const hosts = values.host ?? [];
  if (hosts.length === 0) {
    throw new UsageError(
      `serve needs a host to listen on, as in: ${name} serve --host unix:///tmp/docker.sock`,
    );
  }
  const dns = readDns(values.dns, values["dns-for"]);
  const tls = readTls(values);
  const common = {
    ...(tls && { tls }),
    ...(values["allow-remote"] && { allowRemote: true }),
    ...(values.verbose && { onAnswer: log }),
  };

  const time = readTime(values.time);

  // From here on a signal ends the command in order, even during the start.
  const toldToEnd = Promise.race(["SIGTERM", "SIGINT"].map((signal) => once(process, signal)));
  const world = {
    ...(values.release !== undefined && { release: values.release as ReleaseName }),
    ...(values.pull !== undefined && { pull: values.pull as PullPolicy }),
    ...(values["strict-build"] && { strictBuild: true }),
    ...(values.seed !== undefined && { seed: readSeed(values.seed) }),
    ...(time && { time: time.from }),
  };
  const folders = openFolders(values.mounts ?? []);
  const record = values.record === undefined ? undefined : harFile(values.record, endUnrecorded);
  const recorded = (played: Simulator): Simulator =>
    record ? { ...played, handle: recordedHandle(played.handle, record.write) } : played;
  const stored = await openSimulator(values.state, { ...world, hostMounts: folders.drivers });
  const simulator = recorded(stored.simulator);
  const served: (Served | ServedDns)[] = [];
  let control: ServedControl | undefined;
  try {
    if (dns)
      served.push(await dnsServer(simulator, { ...dns, allowRemote: values["allow-remote"] === true }));
    for (const [index, host] of hosts.entries()) {
      const publish = index === 0 && values.publish === true;
      served.push(await serve(simulator, { host, ...common, publish }));
    }
    const ready = served.flatMap((each) => ("host" in each ? [each.host] : []));
    if (values.control !== undefined) {
      control = await serveControl(
        { simulator: stored.simulator, time: time?.made },
        {
          address: values.control,
          hosts: ready,
          servers: served,
          adopt: async (next) => recorded(await stored.adopt(next)),
          common,
        },
      );
    }
    const printed = [
      ...ready.map((host) => `DOCKER_HOST=${host}\n`),
      ...(control ? [`DRYHARBOR_CONTROL=${control.address}\n`] : []),
    ];
    process.stdout.write(printed.join(""));
    await toldToEnd;
  } finally {
    await control?.close();
    await Promise.all(served.map((each) => each.close()));
    await stored.close();
    folders.close();
    record?.close();
  }
  return 0;
}

/** Reads which time the engine has: `undefined` for the machine's own. */
function readTime(
  kind: string | undefined,
): { readonly from: (last: bigint | undefined) => VirtualTime; made: VirtualTime | undefined } | undefined {
  if (kind === undefined) return undefined;
  if (kind !== "virtual") throw new UsageError(`the time is virtual, or the machine's: not "${kind}"`);
  const time = {
    made: undefined as VirtualTime | undefined,
    from(last: bigint | undefined) {
      time.made = virtualTime(last);
      return time.made;
    },
  };
  return time;
}

/** Makes a simulator, and where a file is given one whose state is kept there. @throws {UsageError} */
export async function openSimulator(
  path: string | undefined,
  world: StoredOptions,
): Promise<StoredSimulator> {
  if (path !== undefined) return await storedSimulator(path, world, endUnstored);
  let simulator = newSimulator(world);
  return {
    simulator,
    async adopt(next) {
      simulator = next;
      return next;
    },
    close: () => simulator.close(),
  };
}

/** Ends the process, because no change can be acknowledged any more. The file holds all that has been. */
function endUnstored({ message }: Error): void {
  process.stderr.write(`dryharbor: the state cannot be stored, so the server stops: ${message}\n`);
  process.exit(1);
}

function endUnrecorded({ message }: Error): void {
  process.stderr.write(`dryharbor: the record ends here, because it cannot be written: ${message}\n`);
}

function readDns(
  at: string | undefined,
  as: string | undefined,
): Pick<DnsServerOptions, "as" | "address" | "port"> | undefined {
  if (at === undefined && as === undefined) return undefined;
  if (at === undefined || as === undefined) {
    throw new UsageError("--dns and --dns-for belong together, as in: --dns 127.0.0.1:5353 --dns-for web");
  }
  const [, address, port] = /^(\[[0-9a-fA-F:.]+\]|[0-9.]+):([0-9]+)$/.exec(at) ?? [];
  if (address === undefined || Number(port) > 65_535) {
    throw new UsageError(`"${at}" is no address to answer DNS at: give one such as 127.0.0.1:5353`);
  }
  return { as, address: address.replace(/^\[|\]$/g, ""), port: Number(port) };
}

/** Reads a seed. @throws {UsageError} it is no whole number */
export function readSeed(text: string): number {
  const seed = Number(text);
  if (/^-?[0-9]+$/.test(text) && Number.isSafeInteger(seed)) return seed;
  throw new UsageError(`the seed must be a whole number, not "${text}"`);
}

function log({ method, target }: AnsweredRequest, status: number): void {
  process.stderr.write(`${new Date().toISOString()} ${method} ${target} ${status}\n`);
}
