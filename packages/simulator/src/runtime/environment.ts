import type { Container } from "../core/containers/container.js";

const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * A process's environment: what the engine gives every process, then the container's own lines (with
 * the image's among them), then those of an exec; `HOME` comes last, from the runtime below.
 *
 * @param lines `NAME=value`; a mere `NAME` takes a variable away
 */
export function environment(
  container: Container,
  tty: boolean,
  user: string,
  lines: readonly string[],
): Readonly<Record<string, string>> {
  const variables = new Map([
    ["PATH", defaultPath],
    ["HOSTNAME", container.config.Hostname],
  ]);
  if (tty) variables.set("TERM", "xterm");
  for (const line of lines) {
    const at = line.indexOf("=");
    if (at < 0) variables.delete(line);
    else variables.set(line.slice(0, at), line.slice(at + 1));
  }
  if (!variables.has("HOME")) variables.set("HOME", isRoot(user) ? "/root" : "/");
  return Object.fromEntries(variables);
}

function isRoot(user: string): boolean {
  return ["", "root", "0"].includes(user.split(":")[0]!);
}
