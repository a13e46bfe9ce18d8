import { type Connection, FileError, type ProcessContext, type Program } from "@dryharbor/kernel";
import { Accounts } from "../../busybox/accounts.js";
import { fromBytes, toBytes } from "../../busybox/byte-text.js";
import { serveEach } from "../../http/messages.js";
import { optionTable, readGiven } from "../clients/options.js";
import { type Server, Session } from "./session.js";
import { Statistics } from "./statistics.js";
import { Store } from "./store.js";

const options =
  optionTable(`p:/port U:/udp-port s:/unix-socket a:/unix-mask A/enable-shutdown l:/listen d/daemon
r/enable-coredumps u:/user m:/memory-limit M/disable-evictions c:/conn-limit k/lock-memory v/verbose vv P:/pidfile
f:/slab-growth-factor n:/slab-min-size L/enable-largepages D: t:/threads R:/max-reqs-per-event C/disable-cas
b:/listen-backlog B:/protocol I:/max-item-size S/enable-sasl F/disable-flush-all X/disable-dumping W/disable-watch
Y:/auth-file o:/extended h/help i/license V/version`);

/** `memcached`: keeps values for a while, and gives them by the text protocol. */
export const memcached: Program = async (process) => {
  const { argv, env, files, uid, stdout, stderr } = process;
  const version = env.MEMCACHED_VERSION ?? "1.6.39";
  const given = readGiven(argv.slice(1), options);
  if (typeof given === "string") {
    stderr(`${argv[0]}: ${given}\nIllegal argument "${given.replace(/^.*-- '(.)'$/, "$1")}"\n`);
    return 1;
  }
  if (given.has("version")) {
    stdout(`memcached ${version}\n`);
    return 0;
  }
  if (given.has("help")) {
    stdout(
      `memcached ${version}\n-p, --port=<num>          TCP port to listen on (default: 11211)\n` +
        "-l, --listen=<addr>       interface to listen on (default: INADDR_ANY)\n" +
        "-u, --user=<user>         assume identity of <username> (only when run as root)\n" +
        "-m, --memory-limit=<num>  item memory in megabytes (default: 64)\n",
    );
    return 0;
  }
  const user = given.value("user");
  if (uid === 0) {
    if (user === undefined) {
      stderr("can't run as root without the -u switch\n");
      return 64;
    }
    const account = new Accounts(files).userNamed(user);
    if (!account) {
      stderr(`can't find the user ${user} to switch to\n`);
      return 67;
    }
    if (account.uid !== 0) {
      return process.become((own) => serve(own, version, given), {
        argv,
        env,
        cwd: process.cwd,
        user: { uid: account.uid, gid: account.gid, groups: [account.gid] },
      });
    }
  }
  return serve(process, version, given);
};

async function serve(
  process: ProcessContext,
  version: string,
  given: Exclude<ReturnType<typeof readGiven>, string>,
): Promise<number> {
  const { network, now, pid, stderr } = process;
  const seconds = (): number => Number(now() / 1_000_000_000n);
  const port = Number(given.value("port") ?? 11_211);
  const address = given.value("listen") ?? "";
  const server: Server = {
    store: new Store(seconds),
    settings: {
      version,
      port,
      address,
      threads: Number(given.value("threads") ?? 4),
      maxConnections: Number(given.value("conn-limit") ?? 1024),
      maxBytes: Number(given.value("memory-limit") ?? 64) * 1_048_576,
      verbosity: given.parsed.counts.get("v") ?? 0,
    },
    statistics: new Statistics(pid, seconds()),
  };
  const ended = new Promise<number>((resolve) => {
    for (const [name, text] of [
      ["SIGTERM", "Terminated"],
      ["SIGINT", "Interrupt"],
    ] as const) {
      process.onSignal(name, () => {
        stderr(`Signal handled: ${text}.\n`);
        resolve(0);
      });
    }
  });
  try {
    const listener = network.listen(port, { address: address || "::", backlog: 1024 });
    const serving = serveEach(listener, (connection) => answer(connection, server));
    return await Promise.race([ended, serving]);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    stderr(`failed to listen on TCP port ${port}: ${error.message}\n`);
    return 71;
  }
}

async function answer(connection: Connection, server: Server): Promise<void> {
  const session = new Session(server);
  server.statistics.opened();
  try {
    for await (const data of connection.input) {
      const answers = session.receive(fromBytes(data));
      if (answers !== "") await connection.write(toBytes(answers));
      if (session.isOver) return;
    }
  } finally {
    server.statistics.closed();
  }
}
