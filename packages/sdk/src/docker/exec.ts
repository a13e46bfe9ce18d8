import type { Exec } from "../exec.js";
import type { Connection } from "./connection.js";
import { processStream } from "./output.js";
import { containerPath, path } from "./path.js";

export function dockerExec(connection: Connection): Exec {
  const exec: Exec = {
    create: (container, request, { signal } = {}) =>
      connection.json({ method: "POST", path: `${containerPath(container)}/exec`, body: request, signal }),

    async start(id, request = {}, { signal } = {}) {
      const answer = await connection.stream({
        method: "POST",
        path: path`/exec/${id}/start`,
        body: request,
        upgrade: !request.Detach,
        signal,
      });
      if (request.Detach) answer.close();
      return processStream(answer, {
        tty: request.Tty === true,
        takesInput: async () => (await exec.inspect(id)).OpenStdin,
      });
    },

    inspect: (id, { signal } = {}) =>
      connection.json({ method: "GET", path: path`/exec/${id}/json`, signal }),
  };
  return exec;
}
