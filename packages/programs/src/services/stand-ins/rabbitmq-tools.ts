import { FileError, LookupError, type ProcessContext, type Program } from "@dryharbor/kernel";
import { md5 } from "../../digests/md5.js";
import { reach } from "./reach.js";

const quietOptions: ReadonlySet<string> = new Set(["-q", "--quiet", "-s", "--silent"]);
const version = /^(--)?version$/;

/** `rabbitmq-diagnostics`, `rabbitmqctl` and the others of their kind: what they say of a node that is there, or is not. */
export const rabbitmqTools: Program = async (process) => {
  const { argv, stdout, stderr, hostname, env } = process;
  const [name, ...args] = [argv[0].slice(argv[0].lastIndexOf("/") + 1), ...argv.slice(1)];
  const isQuiet = args.some((arg) => quietOptions.has(arg));
  const node = nodeOf(process, args);
  const [command = "", ...operands] = args.filter(
    (arg, at) => !arg.startsWith("-") && !/^(-n|--node|-t|--timeout)$/.test(args[at - 1] ?? ""),
  );
  const [, host = hostname] = node.split("@");
  const isOwn = host === hostname;
  const port = Number(env.RABBITMQ_NODE_PORT ?? 5672);
  if (version.test(command) || args.some((arg) => version.test(arg))) {
    stdout(`${env.RABBITMQ_VERSION ?? ""}\n`);
    return 0;
  }
  if (command === "" || command === "help") {
    const usage = `\n\x1b[1mUsage\x1b[0m\n\n${name} [--node <node>] [--timeout <timeout>] [--longnames] [--quiet] <command> [<command options>]\n`;
    if (command === "help") stdout(usage);
    else stderr(usage);
    return command === "help" ? 0 : 64;
  }
  if (host.includes(".")) {
    stderr(
      `Error: operation ${command} failed due to invalid node name (node: ${node}, reason: short).\n` +
        "If using FQDN node names, use the -l / --longnames argument\n",
    );
    return 65;
  }
  if (name === "rabbitmq-plugins") return plugins(process, command, operands, node);
  const check = checksOf(node, port)[command];
  const isUp = isOwn && (await reach(process, undefined, port)) === "listening";
  if (!isQuiet && check && (isUp || check.begins !== false)) stdout(check.begin);
  if (!isUp) {
    stderr(
      command === "ping"
        ? `Error:\nFailed to connect and authenticate to ${node} in 60000 ms\n`
        : `Error: unable to perform an operation on node '${node}'. Please see diagnostics information and suggestions below.\n\n${await diagnostics(process, node, host)}`,
    );
    return 69;
  }
  if (!check) {
    stderr(`Error: the simulator has no RabbitMQ: ${command} cannot be asked\n`);
    return 64;
  }
  stdout(check.success);
  return 0;
};

/** A command that tells whether a node is well. */
interface Check {
  readonly begin: string;
  /** Whether it begins to print before the node has answered. Default: yes. */
  readonly begins?: boolean;
  readonly success: string;
}

function checksOf(node: string, port: number): Readonly<Record<string, Check | undefined>> {
  return {
    ping: {
      begin: `Will ping ${node}. This only checks if the OS process is running and registered with epmd. Timeout: 60000 ms.\n`,
      success: "Ping succeeded\n",
    },
    check_running: {
      begin: `Checking if RabbitMQ is running on node ${node} ...\n`,
      success: `RabbitMQ on node ${node} is fully booted and running\n`,
    },
    check_port_connectivity: {
      begin: `Testing TCP connections to all active listeners on node ${node} using hostname resolution ...\n`,
      begins: false,
      success: `Successfully connected to ports ${port}, 15692, 25672 on node ${node}.\n`,
    },
    check_local_alarms: {
      begin: `Asking node ${node} to report any local resource alarms ...\n`,
      success: `Node ${node} reported no local alarms\n`,
    },
    check_virtual_hosts: {
      begin: "Checking if all vhosts are running on node ...\n",
      success: "All vhosts are running\n",
    },
    await_startup: { begin: "", success: "" },
    stop_app: {
      begin: `Stopping rabbit application on node ${node} ...\n`,
      success: "",
    },
    start_app: { begin: `Starting node ${node} ...\n`, success: "" },
    node_health_check: {
      begin: `Checking health of node ${node} ...\n`,
      success: "Health check passed\n",
    },
  };
}

/** Enables and disables plugins, which changes nothing here. */
function plugins(
  { stdout, stderr }: ProcessContext,
  command: string,
  names: readonly string[],
  node: string,
): number {
  if (!/^(enable|disable|set)$/.test(command)) {
    stderr(`Error: the simulator has no RabbitMQ: ${command} cannot be asked\n`);
    return 64;
  }
  const doing = command === "disable" ? "Disabling" : "Enabling";
  stdout(`${doing} plugins on node ${node}:\n${names.map((each) => `${each}\n`).join("")}`);
  stdout("The following plugins have been configured:\n");
  for (const each of names) stdout(`  ${each}\n`);
  stdout("Offline change; changes will take effect at broker restart.\n");
  return 0;
}

function nodeOf({ hostname, env }: ProcessContext, args: readonly string[]): string {
  const at = args.findIndex((arg) => arg === "-n" || arg === "--node");
  const inline = args.find((arg) => arg.startsWith("--node="))?.slice("--node=".length);
  const name = inline ?? (at < 0 ? undefined : args[at + 1]) ?? env.RABBITMQ_NODENAME ?? "rabbit";
  return name.includes("@") ? name : `${name}@${hostname}`;
}

/** What the tools find out of a node that they cannot talk to. */
async function diagnostics(process: ProcessContext, node: string, host: string): Promise<string> {
  const { hostname, pid } = process;
  const [name] = node.split("@");
  const hash = btoa(String.fromCharCode(...md5(new TextEncoder().encode(hostname))));
  return `Most common reasons for this are:

 * Target node is unreachable (e.g. due to hostname resolution, TCP connection or firewall issues)
 * CLI tool fails to authenticate with the server (e.g. due to CLI tool's Erlang cookie not matching that of the server)
 * Target node is not running

In addition to the diagnostics info below:

 * See the CLI, clustering and networking guides on https://rabbitmq.com/documentation.html to learn more
 * Consult server logs on node ${node}
 * If target node is configured to use long node names, don't forget to use --longnames with CLI tools

DIAGNOSTICS
===========

attempted to contact: [${node}]

${node}:
${await epmdOf(process, host, name ?? "")}
Current node details:
 * node name: 'rabbitmqcli-${pid}-rabbit@${hostname}'
 * effective user's home directory: ${process.env.HOME ?? "/var/lib/rabbitmq"}
 * Erlang cookie hash: ${hash}

`;
}

/** What the daemon that knows the nodes of a host says of one. The tools start that of their own host. */
async function epmdOf(
  { hostname, lookup, network }: ProcessContext,
  host: string,
  name: string,
): Promise<string> {
  const answered =
    `  * connected to epmd (port 4369) on ${host}\n` +
    `  * epmd reports: node '${name}' not running at all\n                  no other nodes on ${host}\n` +
    "  * suggestion: start the node\n";
  if (host === hostname) return answered;
  try {
    const { addresses } = await lookup(host);
    const connection = await network.connect(addresses[0] as string, 4369, { within: 7000 });
    connection.close();
    return answered;
  } catch (error) {
    if (!(error instanceof LookupError || error instanceof FileError)) throw error;
    const reason =
      error instanceof LookupError
        ? "nxdomain (non-existing domain)"
        : "address (cannot connect to host/port)";
    return `  * unable to connect to epmd (port 4369) on ${host}: ${reason}\n\n`;
  }
}
