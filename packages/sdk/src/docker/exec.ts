import { execCalls } from "../calls/exec.js";
import type { Exec } from "../exec.js";
import type { Connection } from "./connection.js";
import { processStream } from "./output.js";
import { performed } from "./perform.js";
import { requestOf } from "./request.js";

export function dockerExec(connection: Connection): Exec {
  const exec: Exec = {
    ...performed(connection, "exec"),

    async start(id, request = {}, options = {}) {
      const call = requestOf(execCalls.start, [id, request, options]);
      const answer = await connection.stream({ ...call, upgrade: !request.Detach });
      if (request.Detach) answer.close();
      return processStream(answer, {
        tty: request.Tty === true,
        takesInput: async () => (await exec.inspect(id)).OpenStdin,
      });
    },
  };
  return exec;
}
