import type { ProcessContext, SocketAddress, SocketInfo } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { printRoutes } from "./routes.js";

const help = `netstat [-ral] [-tuwx] [-en]

Display networking information

	-r	Routing table
	-a	All sockets
	-l	Listening sockets
		Else: connected sockets
	-t	TCP sockets
	-u	UDP sockets
	-w	Raw sockets
	-x	Unix sockets
		Else: all socket types
	-e	Other/more information
	-n	Don't resolve names`;

/** `netstat`: prints the sockets of the network namespace, or its routes. */
export const netstat = applet({ help, options: { flags: "laentuwxr" } }, async (process, { given }) => {
  const isNumeric = given.has("n");
  if (given.has("r")) {
    await printRoutes(process, { isNumeric, showsWindow: !given.has("e") });
    return 0;
  }
  const showsListening = given.has("l") || given.has("a");
  const showsConnected = !given.has("l") || given.has("a");
  const which =
    showsListening && showsConnected
      ? "servers and established"
      : showsListening
        ? "only servers"
        : "w/o servers";
  const isOpen = (letter: string) =>
    given.has(letter) || !["t", "u", "w", "x"].some((each) => given.has(each));
  if (["t", "u", "w"].some(isOpen)) {
    process.stdout(
      `Active Internet connections (${which})\nProto Recv-Q Send-Q ${"Local Address".padEnd(23)} ${"Foreign Address".padEnd(23)} State       \n`,
    );
  }
  const services = await serviceNames(process, isNumeric);
  for (const [letter, protocol] of protocols) {
    if (!isOpen(letter)) continue;
    for (const socket of inOrder(process.network.sockets(), protocol)) {
      if (isConnected(socket) ? !showsConnected : !showsListening) continue;
      process.stdout(await lineOf(process, socket, services));
    }
  }
  if (isOpen("x")) {
    process.stdout(
      `Active UNIX domain sockets (${which})\nProto RefCnt Flags       Type       State         I-Node Path\n`,
    );
  }
  return 0;
});

const protocols = [
  ["t", "tcp"],
  ["u", "udp"],
  ["w", "raw"],
] as const;

/** As the files of /proc/net have them: IPv4 before IPv6, and of TCP those that listen first. */
function inOrder(sockets: readonly SocketInfo[], protocol: SocketInfo["protocol"]): SocketInfo[] {
  const place = ({ family, state }: SocketInfo) => family * 2 + (state === "LISTEN" ? 0 : 1);
  return sockets.filter((each) => each.protocol === protocol).sort((one, other) => place(one) - place(other));
}

function isConnected({ remote }: SocketInfo): boolean {
  return remote !== undefined;
}

/** The names of ports, by protocol and number. `undefined` where neither hosts nor ports get names. */
type ServiceNames = ReadonlyMap<string, string> | undefined;

async function serviceNames({ files }: ProcessContext, isNumeric: boolean): Promise<ServiceNames> {
  if (isNumeric) return undefined;
  const text = files.exists("/etc/services") ? new TextDecoder().decode(files.read("/etc/services")) : "";
  const names = new Map<string, string>();
  for (const [, name = "", port, protocol] of text.matchAll(/^([^\s#]+)\s+(\d+)\/(tcp|udp)\b/gm)) {
    const key = `${protocol} ${port}`;
    if (!names.has(key)) names.set(key, name);
  }
  return names;
}

async function lineOf(process: ProcessContext, socket: SocketInfo, services: ServiceNames): Promise<string> {
  const { protocol, family, local, state, unread, unsent } = socket;
  const nobody: SocketAddress = { address: family === 4 ? "0.0.0.0" : "::", port: 0 };
  const shown = async (end: SocketAddress) => (await endText(process, end, socket, services)).padEnd(23);
  const [own, other] = [await shown(local), await shown(socket.remote ?? nobody)];
  const queues = `${String(unread).padStart(6)} ${String(state === "LISTEN" ? 0 : unsent).padStart(6)}`;
  return `${protocol}   ${queues} ${own} ${other} ${stateText(socket).padEnd(12)}\n`;
}

/** The number of the state that a raw socket has. */
const closed = "7";

function stateText({ protocol, state }: SocketInfo): string {
  if (protocol === "raw") return closed;
  return protocol === "udp" && state === "CLOSE" ? "" : state;
}

async function endText(
  process: ProcessContext,
  { address, port }: SocketAddress,
  { family, protocol }: SocketInfo,
  services: ServiceNames,
): Promise<string> {
  const isAny = address === "0.0.0.0" || address === "::";
  // IPv4 over a socket of IPv6.
  const mapped = family === 6 && !address.includes(":") ? `::ffff:${address}` : address;
  const name = services && !isAny ? (await process.reverse(address))?.name : undefined;
  const service = port === 0 ? "*" : (services?.get(`${protocol} ${port}`) ?? String(port));
  return `${name ?? mapped}:${service}`;
}
