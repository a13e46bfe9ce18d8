// How `docker run` fails: with an exit code of its own, and with advice.
import { messageOf } from "../../command/dispatch.js";
import { CommandError } from "../../command/errors.js";
import type { Session } from "../../command/session.js";
import type { Release } from "../../releases.js";

/** What could not be done: read the command line, make the container, or start it. */
export type Failed = "command line" | "create" | "start";

/**
 * The error with which `docker run` ends. 127: there is no such command in the container. 126: it cannot be run. 125:
 * anything else.
 */
export function runFailure(error: unknown, failed: Failed, session: Session): CommandError {
  const message = messageOf(error, session);
  const code =
    failed === "command line"
      ? 125
      : /executable file not found|no such file or directory|system cannot find the file specified/.test(
            message,
          )
        ? 127
        : /permission denied|is a directory/.test(message)
          ? 126
          : 125;
  return new CommandError(withAdvice(message, "run", session.release, failed !== "start"), code);
}

/** A message of `docker run` or `docker create`, with advice where the release gives some. */
export function withAdvice(
  message: string,
  command: "run" | "create",
  release: Release,
  advises = true,
): string {
  if (release.mistakes === "run") {
    return `docker: ${message}\n\nRun 'docker ${command} --help' for more information`;
  }
  const sentence = `docker: ${message.trim().replace(/\.$/, "")}.`;
  return advises ? `${sentence}\nSee 'docker ${command} --help'.` : sentence;
}
