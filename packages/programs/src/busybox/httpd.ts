import {
  type Connection,
  FileError,
  type Files,
  type Listener,
  type OpenFile,
  type ProcessContext,
} from "@dryharbor/kernel";
import { type AppletCall, applet, Died } from "./applet.js";
import { byteText, toBytes } from "./byte-text.js";
import { dotted, numericAddress } from "./host-address.js";
import { emptyConfiguration, type HttpdConfiguration, readConfiguration } from "./httpd-configuration.js";
import { answerRequest, type HttpdSettings, type Peer } from "./httpd-request.js";
import { readNumber } from "./number.js";
import { percentDecoded } from "./percent.js";

const help = `httpd [-ifv[v]] [-c CONFFILE] [-p [IP:]PORT] [-M MAXCONN] [-K KILLSEC] [-u USER[:GRP]] [-r REALM] [-h HOME]
or httpd -d/-e/-m STRING

Listen for incoming HTTP requests

	-i		Inetd mode
	-f		Run in foreground
	-v[v]		Verbose
	-p [IP:]PORT	Bind to IP:PORT (default *:80)
	-M NUM		Pause if NUM connections are open (default 256)
	-K NUM		Kill CGIs after NUM seconds
	-u USER[:GRP]	Set uid/gid after binding to port
	-r REALM	Authentication Realm for Basic Authentication
	-h HOME		Home directory (default .)
	-c FILE		Configuration file (default {/etc,HOME}/httpd.conf)
	-m STRING	MD5 crypt STRING
	-e STRING	HTML encode STRING
	-d STRING	URL decode STRING`;

/** `httpd`: serves the files of a directory over HTTP. It runs no scripts. */
export const httpd = applet(
  { help, options: { flags: "ifv", values: "cdhermupMK" } },
  async (process, { given, counts }) => {
    const last = (letter: string) => given.get(letter)?.at(-1);
    for (const letter of ["M", "K"]) readNumber(last(letter) ?? "0", 0, 0x7fff_ffff);
    const [encoded, coded] = [last("d"), last("e")];
    if (encoded !== undefined) process.stdout(toBytes(percentDecoded(byteText(encoded))));
    else if (coded !== undefined) process.stdout(htmlEncoded(coded));
    else if (given.has("m")) throw new Died("-m is not simulated");
    else return serve(process, given, counts.get("v") ?? 0);
    return 0;
  },
);

/** Encodes all but letters and digits. */
function htmlEncoded(text: string): string {
  return byteText(text).replace(/[^a-zA-Z0-9]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

async function serve(
  process: ProcessContext,
  given: AppletCall["given"],
  verbosity: number,
): Promise<number> {
  const last = (letter: string) => given.get(letter)?.at(-1);
  const user = last("u");
  if (user !== undefined && !isKnownUser(process, user)) throw new Died(`unknown user/group ${user}`);
  const files = enter(process.files, last("h") ?? ".");
  const isSingle = given.has("i");
  const where = isSingle ? undefined : await placeOf(process, last("p") ?? "80");
  const listener = where && listenAt(process, where);
  const configuration = mainConfiguration(process, files, last("c"));
  const served = configuration.home === undefined ? files : enter(files, configuration.home);
  const realm = last("r") ?? "Web Server Authentication";
  const settings: HttpdSettings = { process, files: served, verbosity, realm, configuration };
  if (!where || !listener) {
    await answerRequest(settings, standardPeer(process));
    return 0;
  }
  if (given.has("f")) return accept(settings, listener);
  // The parent ends, and what it has opened with it: the daemon listens anew.
  listener.close();
  startDaemon(settings, where);
  return 0;
}

/** @throws {Died} */
function enter(files: Files, directory: string): Files {
  try {
    if (files.stat(directory).type !== "directory") throw new FileError("ENOTDIR");
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new Died(`can't change directory to '${directory}': ${error.message}`);
  }
  const absolute = directory.startsWith("/") ? directory : `${files.cwd}/${directory}`;
  return files.with({ cwd: absolute });
}

function isKnownUser({ files }: ProcessContext, text: string): boolean {
  const [user = ""] = text.split(":");
  if (/^\d+$/.test(user)) return true;
  const accounts = files.exists("/etc/passwd") ? new TextDecoder().decode(files.read("/etc/passwd")) : "";
  return accounts.split("\n").some((line) => line.startsWith(`${user}:`));
}

interface Place {
  readonly address: string;
  readonly port: number;
}

/** Reads `PORT` or `IP:PORT`. @throws {Died} */
async function placeOf(process: ProcessContext, text: string): Promise<Place> {
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  return port > 0 && port <= 0xffff ? { address: "::", port } : numericAddress(process, text, 80);
}

/** @throws {Died} */
function listenAt({ network }: ProcessContext, { address, port }: Place): Listener {
  try {
    return network.listen(port, { address, backlog: 9 });
  } catch (error) {
    if (error instanceof FileError) throw new Died(`bind: ${error.message}`);
    throw error;
  }
}

/** Reads the main configuration. Without `-c` there may be none. @throws {Died} */
function mainConfiguration(
  process: ProcessContext,
  files: Files,
  given: string | undefined,
): HttpdConfiguration {
  const paths = given === undefined ? ["/etc/httpd.conf", "httpd.conf"] : [given];
  for (const path of paths) {
    try {
      const text = new TextDecoder().decode(files.read(path));
      const complain = (line: string) => process.stderr(`httpd: config error '${line}' in '${path}'\n`);
      return readConfiguration(text, emptyConfiguration, undefined, complain);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (given !== undefined) throw new Died(`${given}: ${error.message}`);
    }
  }
  return emptyConfiguration;
}

/** Answers connections until the process is killed. */
async function accept(settings: HttpdSettings, listener: Listener): Promise<never> {
  const isMapped = listener.local.address.includes(":");
  for (;;) {
    const connection = await listener.accept();
    void answer(settings, connection, isMapped).catch(() => connection.reset());
  }
}

/** @param isMapped whether IPv4 addresses are seen as IPv6 ones */
async function answer(settings: HttpdSettings, connection: Connection, isMapped: boolean): Promise<void> {
  const { address, port } = connection.remote;
  const seen = isMapped && !address.includes(":") ? `::ffff:${address}` : address;
  await answerRequest(settings, {
    name: settings.verbosity > 0 ? dotted({ address: seen, port }) : undefined,
    address,
    read: (limit, options) => connection.read(limit, options),
    write: (data) => connection.write(data),
  });
  connection.end();
  connection.close();
}

/** Standard input and output, as inetd passes them on. */
function standardPeer(process: ProcessContext): Peer {
  const input = process.descriptors.get(0);
  return {
    name: undefined,
    address: "",
    read: (limit = Number.POSITIVE_INFINITY) =>
      input ? process.read(input, limit) : Promise.resolve(undefined),
    async write(data) {
      process.stdout(data);
      await process.caughtUp();
    },
  };
}

/** Starts the server as a process of its own, which reads and writes nothing. */
function startDaemon(settings: HttpdSettings, where: Place): void {
  const { process } = settings;
  const { argv, env, cwd } = process;
  const nothing: OpenFile = process.open("/dev/null", { read: true, write: true });
  const descriptors = new Map([0, 1, 2].map((number) => [number, nothing]));
  const daemon = (own: ProcessContext) => accept({ ...settings, process: own }, listenAt(own, where));
  process.start(daemon, { argv, env, cwd, descriptors, group: "own" });
}
