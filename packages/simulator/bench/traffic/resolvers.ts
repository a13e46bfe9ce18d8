// The DNS server of a container, asked over UDP: 127.0.0.11 of a real engine's, from inside its network namespace, and
// that of a simulated one, which has a port of this machine. The same process asks both.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Engine, openEngine } from "@dryharbor/sdk";
import { createSimulator } from "@dryharbor/simulator";
import { dnsServer } from "@dryharbor/simulator/node";
import type { LabEngine } from "../lab.js";
import { most } from "./best.js";

const run = promisify(execFile);
const asker = fileURLToPath(new URL("ask.ts", import.meta.url));
const node = [process.execPath, ...process.execArgv, "--import", import.meta.resolve("tsx")];

/** The name that is asked for: the container's own. */
const name = "bench-dns";
const network = "bench-dns-network";

/** Answers a second of both. */
export async function resolvers(
  lab: LabEngine,
): Promise<{ readonly simulated: number; readonly real: number }> {
  await using simulator = createSimulator();
  await using engine = await openEngine(`unix://${lab.socketPath}`);
  await startOne(simulator.engine);
  const server = await dnsServer(simulator, { as: name });
  try {
    const namespace = await startOne(engine).then((pid) => namespaceOf(lab, pid));
    return await most(
      {
        simulated: () => asked([], "127.0.0.1", server.port),
        real: () => asked(["nsenter", `--net=${namespace}`], "127.0.0.11", 53),
      },
      3,
    );
  } finally {
    await server.close();
    await engine.containers.remove(name, { force: true }).catch(() => {});
    await engine.networks.remove(network).catch(() => {});
  }
}

/** Starts the container that is asked. @returns the number of its process, as the engine sees it */
async function startOne({ networks, containers }: Engine): Promise<number> {
  await networks.create({ Name: network });
  await containers.create(
    { Image: "busybox", Cmd: ["sleep", "1000"], HostConfig: { NetworkMode: network } },
    { name },
  );
  await containers.start(name);
  return (await containers.inspect(name)).State.Pid;
}

/** The lab writes its processes into a file. The third is the first one of the engine's PID namespace. */
function namespaceOf({ socketPath }: LabEngine, pid: number): string {
  const init = readFileSync(join(dirname(socketPath), "pids"), "utf8").split(" ")[2];
  return `/proc/${init}/root/proc/${pid}/ns/net`;
}

async function asked(within: readonly string[], address: string, port: number): Promise<number> {
  const [program = "", ...args] = [...within, ...node, asker, address, String(port), name];
  return Number((await run(program, args)).stdout);
}
