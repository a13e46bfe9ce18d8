// The clients of Cassandra. Their words are those of the drivers' sources: no package of Debian has them.
import { formatAddress, type ProcessContext, type Program } from "@dryharbor/kernel";
import { reach } from "../stand-ins/reach.js";
import { dial } from "./dial.js";
import { optionTable, readGiven } from "./options.js";

const options =
  optionTable(`C/color /no-color /browser: /ssl u:/username p:/password k:/keyspace f:/file /debug
/encoding: /cqlshrc: /credentials: /cqlversion: /protocol-version: e:/execute /connect-timeout: /request-timeout: t/tty
/version h/help`);

/** `OPTIONS` of the protocol, version 4. */
const greeting = Uint8Array.of(4, 0, 0, 0, 5, 0, 0, 0, 0);

/** What a health check asks, and a server that is well answers. */
const healthQuestion = /^\s*(describe|desc|show|select\s.*\bfrom\s+system)\b/i;

/** `cqlsh`: connects, and says why it cannot go on. */
export const cqlsh: Program = async (process) => {
  const { argv, env, stdout, stderr } = process;
  const given = readGiven(argv.slice(1), options);
  if (typeof given === "string") {
    stderr(`Usage: cqlsh [options] [host [port]]\n\ncqlsh: error: ${given}\n`);
    return 2;
  }
  if (given.has("help")) {
    stdout("usage: cqlsh [options] [host [port]]\n");
    return 0;
  }
  if (given.has("version")) {
    stdout("cqlsh 6.2.0\n");
    return 0;
  }
  const [host = env.CQLSH_HOST ?? "127.0.0.1", port = env.CQLSH_PORT ?? "9042"] = given.operands;
  if (!/^\d+$/.test(port)) {
    stderr(
      `Usage: cqlsh [options] [host [port]]\n\ncqlsh: error: ${JSON.stringify(port)} is not a valid port number.\n`,
    );
    return 2;
  }
  const statement = given.value("execute");
  if (statement !== undefined && healthQuestion.test(statement)) {
    if ((await reach(process, host, Number(port))) === "listening") return 0;
  }
  const answer = await dial(process, host, Number(port), greeting, 5000);
  if (answer instanceof Uint8Array) {
    stderr("Connection error: the simulator's cqlsh can only connect\n");
    return 1;
  }
  const place = `${answer.address}:${port}`;
  const { error } = answer;
  const problem =
    answer.kind === "closed"
      ? `ConnectionShutdown("Connection to ${place} was closed")`
      : `${exceptionOf(error?.code)}, "Tried connecting to [('${answer.address}', ${port})]. Last error: ${error?.message}")`;
  stderr(
    answer.kind === "unknown"
      ? "Connection error: {}\n"
      : `Connection error: ('Unable to connect to any servers', {'${place}': ${problem}})\n`,
  );
  return 1;
};

/** The beginning of an exception of Python. */
function exceptionOf(code: string | undefined): string {
  if (code === "ECONNREFUSED") return "ConnectionRefusedError(111";
  if (code === "ETIMEDOUT") return "OSError(None";
  return `OSError(${code === "ENETUNREACH" ? 101 : 113}`;
}

/** `nodetool`: whether the node of this host is there. */
export const nodetool: Program = async (process) => {
  const { argv, stdout, stderr } = process;
  const args = argv.slice(1);
  const value = (letter: string, long: string): string | undefined => {
    const at = args.findIndex((arg) => arg === letter || arg === long);
    return at < 0 ? undefined : args[at + 1];
  };
  const host = value("-h", "--host") ?? "127.0.0.1";
  const port = Number(value("-p", "--port") ?? 7199);
  const reached = await reach(process, host, port);
  if (reached !== "listening") {
    const text = {
      "unknown host": `UnknownHostException: '${host}: Name or service not known'`,
      ECONNREFUSED: "ConnectException: 'Connection refused'",
    }[reached as string];
    stderr(
      `nodetool: Failed to connect to '${host}:${port}' - ${text ?? "ConnectException: 'Connection timed out'"}.\n`,
    );
    return 1;
  }
  const [command = ""] = args.filter((arg, at) => !arg.startsWith("-") && !/^-/.test(args[at - 1] ?? ""));
  if (command === "status") stdout(statusOf(process));
  else if (command === "info") stdout("Gossip active          : true\nNative Transport active: true\n");
  else if (command === "statusbinary" || command === "statusgossip") stdout("running\n");
  else {
    stderr("nodetool: the simulator has no Cassandra: its node can tell its status alone\n");
    return 1;
  }
  return 0;
};

function statusOf({ network }: ProcessContext): string {
  const own = network.namespace.interfaces.flatMap(({ addresses }) => addresses)[0]?.address;
  const address = own === undefined ? "127.0.0.1" : formatAddress(own);
  return (
    "Datacenter: datacenter1\n=======================\nStatus=Up/Down\n|/ State=Normal/Leaving/Joining/Moving\n" +
    `--  Address${" ".repeat(Math.max(1, address.length - 5))}Load        Tokens  Owns (effective)  Host ID                               Rack \n` +
    `UN  ${address.padEnd(8)}  104.36 KiB  16      100.0%            00000000-0000-0000-0000-000000000000  rack1\n\n`
  );
}
