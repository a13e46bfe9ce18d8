import { type Connection, FileError, type ProcessContext } from "@dryharbor/kernel";
import { type AppletCall, applet } from "./applet.js";
import { lookUpHost } from "./host-entry.js";

const help = `nc [-iN] [-wN] [-l] [-p PORT] [-f FILE|IPADDR PORT] [-e PROG]

Open a pipe to IP:PORT or FILE

	-l	Listen mode, for inbound connects
		(use -ll with -e for persistent server)
	-p PORT	Local port
	-w SEC	Connect timeout
	-i SEC	Delay interval for lines sent
	-f FILE	Use file (ala /dev/ttyS0) instead of network
	-e PROG	Run PROG after connect`;

/** The options that are not simulated: they need listening sockets, devices, or programs on a socket. */
const missing = ["l", "f", "e"];

/** `nc HOST PORT`: sends standard input over a TCP connection and prints what comes back. */
export const nc = applet(
  { help, options: { flags: "l", values: "iwpfe" } },
  async (process, { name, usage, given, operands }) => {
    const failed = (message: string): number => {
      process.stderr(`${name}: ${message}\n`);
      return 1;
    };
    const without = missing.find((letter) => given.has(letter));
    if (without) return failed(`-${without} is not simulated`);
    const [host, port = "0", ...rest] = operands;
    if (host === undefined || rest.length > 0) return usage(process);
    for (const number of [given.get("i"), given.get("w"), given.get("p")].flatMap((values) => values ?? [])) {
      if (!/^\d+$/.test(number)) return failed(`invalid number '${number}'`);
    }
    if (!/^\d+$/.test(port) || Number(port) > 65_535) return failed(`bad port '${port}'`);
    const address = addressOf(process, host);
    if (address === undefined) return failed(`bad address '${host}'`);
    const connection = await connected(process, address, Number(port), secondsOf(given, "w"));
    if (typeof connection === "string") return failed(connection);
    return transfer(process, connection, secondsOf(given, "i") ?? 0);
  },
);

function secondsOf(given: AppletCall["given"], letter: string): number | undefined {
  const last = given.get(letter)?.at(-1);
  return last === undefined ? undefined : Number(last);
}

function addressOf(process: ProcessContext, host: string): string | undefined {
  if (isAddress(host)) return host;
  const entry = lookUpHost(process, host);
  if (typeof entry !== "string") return entry.addresses[0];
  return process.resolve({ name: host, type: "AAAA" }).records[0];
}

function isAddress(text: string): boolean {
  return text.includes(":") || /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

async function connected(
  { network }: ProcessContext,
  address: string,
  port: number,
  timeout: number | undefined,
): Promise<Connection | string> {
  try {
    return await network.connect(address, port, timeout === undefined ? {} : { within: timeout * 1000 });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === "ETIMEDOUT" && timeout !== undefined) return "timed out";
    const shown = address.includes(":") ? "" : ` (${address})`;
    return `can't connect to remote host${shown}: ${error.message}`;
  }
}

/** Copies data in both directions until the other side ends the connection. Resolves to the exit code. */
async function transfer(process: ProcessContext, connection: Connection, delay: number): Promise<number> {
  const send = async (): Promise<void> => {
    for await (const data of process.stdin) {
      await connection.write(data);
      if (delay > 0) await process.sleep(delay * 1000);
    }
    connection.end();
  };
  void send().catch(() => connection.end());
  for await (const data of connection.input) process.stdout(data);
  return 0;
}
