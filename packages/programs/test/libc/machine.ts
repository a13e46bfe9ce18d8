// A machine for tests of C libraries' resolvers: a network that has nothing but name servers.
import {
  addressBits,
  type Connection,
  type Datagram,
  FileError,
  knownAddress,
  type LookupError,
  type LookupProcess,
  type Network,
  type UdpSocket,
} from "@dryharbor/kernel";
import { type DnsMessage, decodeMessage, encodeMessage, frameMessage } from "@dryharbor/kernel/dns-message";
import { changed, emptyTree, FileSystem, Files, rootInode, virtualTime } from "@dryharbor/kernel/host";

/** What a name server does with a question. */
export type Reply =
  | (Partial<DnsMessage> & { readonly after?: number })
  | "silent"
  | "refused"
  | "unreachable";
export type NameServer = (name: string, type: string) => Reply;

export interface Machine {
  readonly files?: Readonly<Record<string, string>>;
  readonly servers?: Readonly<Record<string, NameServer>>;
  /** The addresses that packets are sent from, by the beginning of where they go. */
  readonly sources?: Readonly<Record<string, string>>;
  readonly hostname?: string;
}

/** A machine whose network has nothing but name servers. It notes who was asked for what, and when. */
export function machine({
  files = {},
  servers = {},
  sources = { "": "10.0.0.2" },
  hostname = "me",
}: Machine) {
  const time = virtualTime();
  const start = time.now();
  const asked: string[] = [];
  const note = (server: string, message: Uint8Array, protocol: string): [Reply, DnsMessage] => {
    const query = decodeMessage(message);
    const { name, type } = query.questions[0]!;
    const seconds = Number(time.now() - start) / 1e9;
    asked.push(`${seconds} ${server}${protocol} ${name} ${type}`);
    return [servers[server]?.(name, String(type)) ?? "refused", query];
  };
  const answer = (query: DnsMessage, reply: Partial<DnsMessage>) =>
    encodeMessage({ ...query, response: true, recursionAvailable: true, ...reply });

  const udp = (): UdpSocket => {
    let server = "";
    const arrived: (Datagram | FileError)[] = [];
    let wake = (): void => {};
    const arrive = (what: Datagram | FileError): void => {
      arrived.push(what);
      wake();
    };
    return {
      local: { address: "", port: 40_000 },
      connect(this: { local: { address: string; port: number } }, address) {
        server = address;
        const source = Object.entries(sources).find(([prefix]) => address.startsWith(prefix))?.[1];
        if (source === undefined) throw new FileError("ENETUNREACH");
        this.local = { address: source, port: 40_000 };
      },
      send(data, to) {
        const asked = to?.address ?? server;
        const [reply, query] = note(asked, data, "");
        if (reply === "refused" || reply === "unreachable") {
          // A socket that is not connected is not told.
          if (!to) arrive(new FileError(reply === "refused" ? "ECONNREFUSED" : "EHOSTUNREACH"));
        } else if (reply !== "silent") {
          const datagram = { data: answer(query, reply), from: { address: asked, port: 53 }, at: "10.0.0.2" };
          if (reply.after === undefined) arrive(datagram);
          else time.after(reply.after, () => arrive(datagram));
        }
      },
      async receive({ within = Number.POSITIVE_INFINITY } = {}) {
        if (arrived.length === 0) {
          await new Promise<void>((resolve) => {
            wake = resolve;
            if (Number.isFinite(within)) time.after(within, resolve);
          });
        }
        const next = arrived.shift();
        if (next && "data" in next) return next;
        throw next ?? new FileError("EAGAIN");
      },
      close() {},
    };
  };
  const connect = async (server: string): Promise<Connection> => {
    const answers: Uint8Array[] = [];
    return {
      write: async (data: Uint8Array) => {
        const [reply, query] = note(server, data.subarray(2), "/tcp");
        if (typeof reply === "object")
          answers.push(frameMessage(answer(query, { ...reply, truncated: false })));
      },
      read: async () => answers.shift(),
      close() {},
    } as Partial<Connection> as Connection;
  };
  const addresses = Object.values(sources).map((source) => {
    const address = knownAddress(source);
    return { address, subnet: { address, bits: addressBits[address.family] - 8 } };
  });
  const interfaces = [{ addresses }];
  const tree = changed(emptyTree, (all) => {
    all.mkdir("/etc");
    for (const [path, text] of Object.entries(files)) all.write(path, text);
  });
  const system = new FileSystem(tree);
  const host: LookupProcess = {
    files: new Files(new Map([["/", { files: () => system, change: undefined, root: rootInode }]]), () => 0n),
    hostname,
    now: () => time.now(),
    network: { udp, connect, namespace: { interfaces } } as unknown as Network,
  };
  /** Waits for a lookup, and says what came of it and when. */
  async function ended<T>(lookup: Promise<T>): Promise<{ result: T | string; seconds: number }> {
    let seconds = -1;
    const result = lookup
      .catch((error: LookupError) => error.code)
      .finally(() => {
        seconds = Number(time.now() - start) / 1e9;
      });
    for (let step = 0; step < 4000 && seconds < 0; step++) await time.advance(100);
    return { result: await result, seconds };
  }
  return { host, asked, ended };
}
