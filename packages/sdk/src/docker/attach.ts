import type { CallOptions } from "../call.js";
import type { ProcessStream } from "../output.js";
import type { Connection } from "./connection.js";
import { processStream } from "./output.js";
import { containerPath } from "./path.js";

/** `POST /containers/{id}/attach`, both ways, to a container without a terminal. Not part of the port. */
export async function attach(
  connection: Connection,
  container: string,
  { signal }: CallOptions,
): Promise<ProcessStream> {
  const answer = await connection.stream({
    method: "POST",
    path: `${containerPath(container)}/attach`,
    query: { stream: true, stdin: true, stdout: true, stderr: true },
    upgrade: true,
    signal,
  });
  return processStream(answer, { tty: false, takesInput: async () => true });
}
