import { FileError, type ProcessContext } from "@dryharbor/kernel";
import { type AppletCall, applet } from "./applet.js";

const help = `sysctl [-enq] { -a | -p [FILE]... | [-w] [KEY[=VALUE]]... }

Show/set kernel parameters

	-e	Don't warn about unknown keys
	-n	Don't show key names
	-q      Quiet
	-a	Show all values
	-p	Set values from FILEs (default /etc/sysctl.conf)
	-w	Set values`;

const settings = "/proc/sys";
const defaultFile = "/etc/sysctl.conf";

/** `sysctl [KEY[=VALUE]]...`: shows and sets parameters of the kernel. */
export const sysctl = applet({ help, options: { flags: "neAapqw" } }, async (process, call) => {
  const { given, operands } = call;
  if (given.has("p")) {
    for (const path of operands.length === 0 ? [defaultFile] : operands) setAll(process, call, path);
    return 0;
  }
  if (given.has("a") || given.has("A")) return showAll(process, call, settings);
  return eachOf(operands, (operand) =>
    given.has("w") || operand.includes("=") ? setOne(process, call, operand) : show(process, call, operand),
  );
});

/** Does it for each, and returns the exit code: 0 when all went well. */
function eachOf(list: readonly string[], body: (each: string) => number): number {
  return list.map(body).reduce((all, code) => all | code, 0);
}

/** Sets what a file says, and goes on after what cannot be set. */
function setAll(process: ProcessContext, call: AppletCall, path: string): void {
  let text: string;
  try {
    text = new TextDecoder().decode(process.files.read(path));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    process.stderr(`${call.name}: ${path}: ${error.message}\n`);
    return;
  }
  for (const line of text.split("\n")) {
    const setting = line.replace(/[#;].*/, "").trim();
    if (setting !== "") setOne(process, call, setting.replace(/\s*=\s*/, "="));
  }
}

function show(process: ProcessContext, call: AppletCall, key: string): number {
  const path = pathOf(key);
  if (process.files.isDirectory(path)) return showAll(process, call, path);
  return value(process, call, path, (text) => {
    for (const line of text.replace(/\n$/, "").split("\n")) {
      process.stdout(call.given.has("n") ? `${line}\n` : `${keyOf(path)} = ${line}\n`);
    }
  });
}

function showAll(process: ProcessContext, call: AppletCall, path: string): number {
  return eachOf(process.files.list(path), (name) => show(process, call, keyOf(`${path}/${name}`)));
}

/** Reads a setting. Returns the exit code. */
function value(
  { files, stderr }: ProcessContext,
  { name, given }: AppletCall,
  path: string,
  use: (text: string) => void,
): number {
  try {
    use(new TextDecoder().decode(files.read(path)));
    return 0;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return unknown(error, { name, given, path, stderr }, `error reading key '${keyOf(path)}'`);
  }
}

function setOne(
  { files, stdout, stderr }: ProcessContext,
  { name, given }: AppletCall,
  text: string,
): number {
  const at = text.indexOf("=");
  if (at < 0) {
    stderr(`${name}: error: '${text}' must be of the form name=value\n`);
    return 1;
  }
  const path = pathOf(text.slice(0, at));
  const wanted = text.slice(at + 1);
  try {
    files.open(path, { write: true, truncate: true }).write(new TextEncoder().encode(wanted));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return unknown(error, { name, given, path, stderr }, `error setting key '${keyOf(path)}'`);
  }
  if (!given.has("q")) stdout(given.has("n") ? `${wanted}\n` : `${keyOf(path)} = ${wanted}\n`);
  return 0;
}

function unknown(
  error: FileError,
  at: Pick<AppletCall, "name" | "given"> & { readonly path: string; stderr(text: string): void },
  otherwise: string,
): number {
  if (error.code !== "ENOENT") at.stderr(`${at.name}: ${otherwise}: ${error.message}\n`);
  else if (!at.given.has("e")) at.stderr(`${at.name}: error: '${keyOf(at.path)}' is an unknown key\n`);
  return 1;
}

/** A key has slashes or dots. Where its first separator is a slash, its dots belong to names, such as `eth0.5`. */
function pathOf(key: string): string {
  const [first] = /[./]/.exec(key) ?? ["."];
  const path = first === "/" ? key : key.replace(/[./]/g, (each) => (each === "." ? "/" : "."));
  return path.startsWith("/") ? path : `${settings}/${path}`;
}

function keyOf(path: string): string {
  const key = path.startsWith(`${settings}/`) ? path.slice(settings.length + 1) : path;
  return key.replace(/[./]/g, (each) => (each === "/" ? "." : "/"));
}
