import { type HostEntry, LookupError, type ProcessContext } from "@dryharbor/kernel";
import { type AppletCall, applet, Died } from "./applet.js";
import { hostErrorText } from "./host-error.js";
import { openFile } from "./open.js";

const help = `hostname [-sidf] [HOSTNAME | -F FILE]

Show or set hostname or DNS domain name

	-s	Short
	-i	Addresses for the hostname
	-d	DNS domain name
	-f	Fully qualified domain name
	-F FILE	Use FILE's content as hostname`;

/**
 * `hostname`: prints the host name, or its domain and addresses from `/etc/hosts` and DNS. It cannot be set.
 */
export const hostname = applet(
  { help, options: { flags: "sidfv", values: "F" } },
  async (process, { name, given, operands }) => {
    const failed = (message: string): number => {
      process.stderr(`${name}: ${message}\n`);
      return 1;
    };
    if (given.has("d") || given.has("f") || given.has("i")) {
      const line = shown(await entryOf(process), given);
      if (line !== undefined) process.stdout(`${line}\n`);
      return 0;
    }
    if (given.has("s")) {
      process.stdout(`${shortOf(process.hostname)}\n`);
      return 0;
    }
    const problem = setting(process, given, operands);
    if (problem !== undefined) return problem === "" ? 0 : failed(problem);
    process.stdout(`${process.hostname}\n`);
    return 0;
  },
);

/** `dnsdomainname`: prints the domain of the host name, as `hostname -d` does. It ignores its arguments. */
export const dnsdomainname = applet(
  { help: "", options: { flags: "sidfv", values: "F" } },
  async (process) => {
    const { name } = await entryOf(process);
    if (name.includes(".")) process.stdout(`${domainOf(name)}\n`);
    return 0;
  },
);

/** Looks up the own host name. @throws {Died} */
async function entryOf({ hostname: own, lookup }: ProcessContext): Promise<HostEntry> {
  try {
    return await lookup(own, 4);
  } catch (error) {
    if (error instanceof LookupError) throw new Died(`${own}: ${hostErrorText(error)}`);
    throw error;
  }
}

function shown({ name, addresses }: HostEntry, given: AppletCall["given"]): string | undefined {
  if (given.has("f")) return name;
  if (given.has("s")) return shortOf(name);
  if (!given.has("d")) return addresses.join(" ");
  return name.includes(".") ? domainOf(name) : undefined;
}

function domainOf(name: string): string {
  return name.slice(name.indexOf(".") + 1);
}

function shortOf(name: string): string {
  return name.split(".", 1)[0] as string;
}

/**
 * Handles a call that sets the name. Returns the error message, an empty text when the file has no name to
 * set, or `undefined` when the call sets nothing.
 */
function setting(
  process: ProcessContext,
  given: AppletCall["given"],
  operands: readonly string[],
): string | undefined {
  const refused = "sethostname: Operation not permitted";
  const path = given.get("F")?.at(-1);
  if (path === undefined) return operands.length > 0 ? refused : undefined;
  const file = openFile(process, path);
  if (!("data" in file)) return file.opens ? "" : `can't open '${path}': ${file.problem}`;
  return /\S/.test(new TextDecoder().decode(file.data)) ? refused : "";
}
