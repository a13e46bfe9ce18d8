import type { ProcessContext } from "@dryharbor/kernel";
import { type AppletCall, applet } from "./applet.js";
import { type HostEntry, lookUpHost } from "./host-entry.js";
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
    const own = process.hostname;
    const failed = (message: string): number => {
      process.stderr(`${name}: ${message}\n`);
      return 1;
    };
    if (given.has("d") || given.has("f") || given.has("i")) {
      const entry = lookUpHost(process, own);
      if (typeof entry === "string") return failed(`${own}: ${entry}`);
      const line = shown(entry, given);
      if (line !== undefined) process.stdout(`${line}\n`);
      return 0;
    }
    if (given.has("s")) {
      process.stdout(`${shortOf(own)}\n`);
      return 0;
    }
    const problem = setting(process, given, operands);
    if (problem !== undefined) return problem === "" ? 0 : failed(problem);
    process.stdout(`${own}\n`);
    return 0;
  },
);

function shown({ name, addresses }: HostEntry, given: AppletCall["given"]): string | undefined {
  if (given.has("f")) return name;
  if (given.has("s")) return shortOf(name);
  if (!given.has("d")) return addresses.join(" ");
  return name.includes(".") ? name.slice(name.indexOf(".") + 1) : undefined;
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
