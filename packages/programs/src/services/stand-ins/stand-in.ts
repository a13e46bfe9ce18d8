// Programs in the place of services that nobody simulates: they start as the real ones do, listen where these listen, and say
// so to whoever connects.
import { type Connection, FileError, type ProcessContext, type Program } from "@dryharbor/kernel";
import { Accounts } from "../../busybox/accounts.js";
import { serveEach, serveMessages } from "../../http/messages.js";

/**
 * What is known of a service. Lines of logs begin with the number of their stream (`1 ` or `2 `), and have `{…}` where the
 * real ones have a time or a name; see {@link filled}.
 */
export interface StandIn {
  /** What it is called where it is said that it is not simulated. */
  readonly title: string;
  readonly ports: readonly number[];
  /** The options and variables that change its first port. */
  readonly portFrom?: { readonly option?: RegExp; readonly variable?: string };
  /** The user that the entry point changes to. */
  readonly user?: string;
  /** The variable that has its version. */
  readonly version?: string;
  /** The file that is there once its data are: the variable of the directory, the usual one, and the file in it. */
  readonly data?: { readonly variable?: string; readonly directory: string; readonly file: string };
  /** What the image wants to know before it makes data. */
  readonly required?: Requirement;
  /** What is logged before its data are there, when they are made, and when they are there already. */
  readonly begins?: readonly string[];
  readonly initializes?: readonly string[];
  readonly skips?: readonly string[];
  /** What is logged before it listens, and after that. */
  readonly starts?: readonly string[];
  readonly ready?: readonly string[];
  /** How it ends by a signal. Default: silently, with 0. */
  readonly stops?: { readonly code?: number; readonly log?: readonly string[] };
  /** A line of its log around a message, such as that it is not simulated. */
  readonly says?: string;
  /** Paths of HTTP that tell of its health, with what they answer. */
  readonly health?: Readonly<Record<string, { readonly type?: string; readonly body: string }>>;
}

/** Variables of which an image wants one, and what it says when there is none. */
interface Requirement {
  readonly anyOf: readonly string[];
  /** Variables that have to have a value. */
  readonly values?: Readonly<Record<string, string>>;
  readonly log: readonly string[];
}

/** In milliseconds: how long a client may be silent before it is told that there is no service. */
const patience = 100;

/** Makes the program of a service. */
export function standIn(service: StandIn): Program {
  return async (process) => {
    const { user } = service;
    const account = user === undefined ? undefined : new Accounts(process.files).userNamed(user);
    if (process.uid === 0 && account) {
      const { argv, env, cwd } = process;
      const groups = [account.gid];
      return process.become((own) => run(own, service), {
        argv,
        env,
        cwd,
        user: { uid: account.uid, gid: account.gid, groups },
      });
    }
    return run(process, service);
  };
}

async function run(process: ProcessContext, service: StandIn): Promise<number> {
  const [option = ""] = process.argv.slice(1);
  if (["--version", "-V", "--help"].includes(option) && service.version !== undefined) {
    process.stdout(`${service.title} ${process.env[service.version] ?? ""}\n`);
    return 0;
  }
  const log = (lines: readonly string[] = []): void => write(process, service, lines);
  log(service.begins);
  if (!prepared(process, service, log)) return 1;
  const ended = new Promise<number>((resolve) => {
    for (const name of ["SIGTERM", "SIGINT", "SIGQUIT"]) {
      process.onSignal(name, () => {
        log(service.stops?.log);
        resolve(service.stops?.code ?? 0);
      });
    }
  });
  log(service.starts);
  try {
    const serving = portsOf(process, service).map((port) => {
      const listener = process.network.listen(port, { address: "::", backlog: 511 });
      return serveEach(listener, (connection) => answer(process, service, connection));
    });
    log(service.ready);
    return await Promise.race([ended, ...serving]);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    log([saying(service, `could not listen: ${error.message}`)]);
    return 1;
  }
}

/** Makes the service's data, where there are none. Returns whether it may start. */
function prepared(
  { env, files }: ProcessContext,
  { data, required, initializes, skips }: StandIn,
  log: (lines?: readonly string[]) => void,
): boolean {
  if (!data) return true;
  const directory = (data.variable === undefined ? undefined : env[data.variable]) || data.directory;
  const path = `${directory}/${data.file}`;
  if (files.exists(path)) {
    log(skips);
    return true;
  }
  if (required && !isGiven(required, env)) {
    log(required.log);
    return false;
  }
  log(initializes);
  try {
    files.makeDirectories(directory, 0o755);
    files.write(path, "");
  } catch (error) {
    // Where nothing can be written, it begins anew each time.
    if (!(error instanceof FileError)) throw error;
  }
  return true;
}

function isGiven({ anyOf, values = {} }: Requirement, env: ProcessContext["env"]): boolean {
  const has = (name: string): boolean => Boolean(env[name]) || Boolean(env[`${name}_FILE`]);
  return anyOf.some(has) || Object.entries(values).some(([name, value]) => env[name] === value);
}

function portsOf({ argv, env }: ProcessContext, { ports, portFrom }: StandIn): readonly number[] {
  const [first, ...rest] = ports;
  const words = argv.join(" ");
  const asked = portFrom?.option?.exec(words)?.[1] ?? env[portFrom?.variable ?? ""];
  const port = asked !== undefined && /^\d+$/.test(asked) ? Number(asked) : first;
  return port === undefined ? [] : [port, ...rest];
}

/** Tells a client that there is no service, unless it only tries whether somebody listens, or asks for health over HTTP. */
async function answer(process: ProcessContext, service: StandIn, connection: Connection): Promise<void> {
  const { health } = service;
  let isTold = false;
  const tell = (): void => {
    if (isTold) return;
    isTold = true;
    const { address } = connection.remote;
    write(process, service, [
      saying(service, `the simulator has no ${service.title}: the connection from ${address} is closed`),
    ]);
  };
  if (health) {
    await serveMessages(connection, {
      refuse() {
        tell();
        return undefined;
      },
      async answer(request) {
        const found = health[request.target.split("?", 1)[0] as string];
        if (!found) tell();
        const body = new TextEncoder().encode(found?.body ?? "");
        const isHead = request.method === "HEAD";
        return {
          firstLine: "HTTP/1.1 200 OK",
          headers: [
            ["Content-Type", found?.type ?? "text/plain"],
            ["Content-Length", String(body.length)],
          ],
          ...(!isHead && { body }),
          goesOn: request.persists,
          ...(!found && { isSilent: true }),
        };
      },
    });
    return;
  }
  try {
    const data = await connection.read(undefined, { within: patience });
    if (data) tell();
  } catch (error) {
    if (error instanceof FileError && error.code === "EAGAIN") tell();
    else throw error;
  }
}

function saying({ says = "2 {}" }: StandIn, message: string): string {
  return says.replace("{}", message);
}

function write(process: ProcessContext, service: StandIn, lines: readonly string[]): void {
  for (const line of lines) {
    const text = filled(process, service, line.slice(2));
    if (text === undefined) continue;
    if (line.startsWith("1")) process.stdout(text);
    else process.stderr(text);
  }
}

/**
 * Fills the places of a line: `{pid}`, `{version}`, `{host}`, a time in one of the forms of {@link times}, or the value of a
 * variable (`{$NAME}`). A line that begins with `{?$NAME}` is left out where the variable is not set; one that ends with `\c`
 * does not end there.
 */
function filled(process: ProcessContext, { version }: StandIn, line: string): string | undefined {
  const { env, pid, hostname, now } = process;
  const [, condition, rest = line] = /^\{\?\$(\w+)\}(.*)$/s.exec(line) ?? [];
  if (condition !== undefined && !env[condition]) return undefined;
  const milliseconds = Number(now() / 1_000_000n);
  const text = rest.replace(/\{(\$?\w+)\}/g, (whole, name: string) => {
    if (name === "pid") return String(pid);
    if (name === "version") return env[version ?? ""]?.replace(/^\d+:|[-+].*$/g, "") ?? "";
    if (name === "host") return hostname;
    if (name.startsWith("$")) return env[name.slice(1)] ?? "";
    return times[name]?.(new Date(milliseconds)) ?? whole;
  });
  return text.endsWith("\\c") ? text.slice(0, -2) : `${text}\n`;
}

/** Times as logs have them. */
const times: Readonly<Record<string, (time: Date) => string>> = {
  /** PostgreSQL: `2024-01-01 00:00:00.000 UTC`. */
  pg: (time) => `${iso(time, 23).replace("T", " ")} UTC`,
  /** `2024-01-01 00:00:00 UTC` */
  seconds: (time) => `${iso(time, 19).replace("T", " ")} UTC`,
  /** MySQL: `2024-01-01T00:00:00.000000Z`. */
  micro: (time) => `${iso(time, 23)}000Z`,
  /** MariaDB: `2024-01-01  0:00:00`, without zeros before the hour. */
  maria: (time) =>
    `${iso(time, 10)} ${String(time.getUTCHours()).padStart(2)}${time.toISOString().slice(13, 19)}`,
  /** Entry points: `2024-01-01 00:00:00+00:00`. */
  rfc: (time) => `${iso(time, 19).replace("T", " ")}+00:00`,
  /** MongoDB: `2024-01-01T00:00:00.000+00:00`. */
  mongo: (time) => `${iso(time, 23)}+00:00`,
  /** RabbitMQ: `2024-01-01 00:00:00.000000+00:00`. */
  rabbit: (time) => `${iso(time, 23).replace("T", " ")}000+00:00`,
  /** Log4j and others: `2024-01-01 00:00:00,000`. */
  java: (time) => iso(time, 23).replace("T", " ").replace(".", ","),
  /** Go's `log`: `2024/01/01 00:00:00.000000`. */
  go: (time) => `${iso(time, 23).replace("T", " ").replaceAll("-", "/")}000`,
  /** `2024-01-01T00:00:00.000Z` */
  iso: (time) => `${iso(time, 23)}Z`,
};

function iso(time: Date, length: number): string {
  return time.toISOString().slice(0, length);
}
