import type { Program } from "@dryharbor/kernel";
import { reach } from "./reach.js";

const quietOptions: ReadonlySet<string> = new Set(["-q", "--quiet", "-s", "--silent"]);

/** `rabbitmq-diagnostics` and `rabbitmqctl`, as far as health checks use them. */
export const rabbitmqTools: Program = async (process) => {
  const { argv, stdout, stderr, hostname, env } = process;
  const args = argv.slice(1);
  const isQuiet = args.some((arg) => quietOptions.has(arg));
  const [command = ""] = args.filter(
    (arg, at) => !arg.startsWith("-") && !/^(-n|--node|-t|--timeout)$/.test(args[at - 1] ?? ""),
  );
  const node = `rabbit@${hostname}`;
  const port = Number(env.RABBITMQ_NODE_PORT ?? 5672);
  const checks: Readonly<Record<string, readonly [begin: string, success: string]>> = {
    ping: [
      `Will ping ${node}. This only checks if the OS process is running and registered with epmd. Timeout: 60000 ms.`,
      "Ping succeeded",
    ],
    check_running: [
      `Checking if RabbitMQ is running on node ${node} ...`,
      `RabbitMQ on node ${node} is fully booted and running`,
    ],
    check_port_connectivity: [
      `Testing TCP connections to all active listeners on node ${node} using hostname resolution ...`,
      `Successfully connected to ports ${port}, 15692, 25672 on node ${node}.`,
    ],
    check_local_alarms: [
      `Asking node ${node} to report any local resource alarms ...`,
      `Node ${node} reported no local alarms`,
    ],
    check_virtual_hosts: ["Checking if all vhosts are running on node ...", "All vhosts are running"],
    await_startup: [`Awaiting startup of node ${node} ...`, ""],
    node_health_check: [`Checking health of node ${node} ...`, "Health check passed"],
  };
  if (command === "version") {
    stdout(`${env.RABBITMQ_VERSION ?? ""}\n`);
    return 0;
  }
  const check = Object.hasOwn(checks, command) ? checks[command] : undefined;
  const isUp = (await reach(process, undefined, port)) === "listening";
  if (check && !isQuiet) stdout(`${check[0]}\n`);
  if (!isUp) {
    stderr(
      `Error: unable to perform an operation on node '${node}'. Please see diagnostics information and suggestions below.\n\n` +
        "Most common reasons for this are:\n\n" +
        " * Target node is unreachable (e.g. due to hostname resolution, TCP connection or firewall issues)\n" +
        " * CLI tool fails to authenticate with the server (e.g. due to CLI tool's Erlang cookie not matching that of the server)\n" +
        " * Target node is not running\n",
    );
    return 69;
  }
  if (!check) {
    stderr(`Error: the simulator has no RabbitMQ: ${command} cannot be asked\n`);
    return 64;
  }
  if (check[1] !== "") stdout(`${check[1]}\n`);
  return 0;
};
