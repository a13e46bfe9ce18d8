import { containerCalls } from "../calls/containers.js";
import type { AttachOptions, Containers } from "../containers.js";
import { NotFoundError } from "../errors.js";
import type { ProcessStream } from "../output.js";
import type { Connection } from "./connection.js";
import { output, processStream } from "./output.js";
import { performed } from "./perform.js";
import { requestOf } from "./request.js";

export function dockerContainers(connection: Connection): Containers {
  const containers: Containers = {
    ...performed(connection, "containers"),

    async logs(container, options = {}) {
      const answer = await connection.stream(requestOf(containerCalls.logs, [container, options]));
      return output(answer, async () => {
        const { Config } = await containers.inspect(container, callOf(options));
        return Config.Tty === true;
      });
    },

    async attach(container, options = {}) {
      const known = await containers.inspect(container, callOf(options)).catch((error) => {
        // Refused in the words that an attach has for it.
        if (!(error instanceof NotFoundError)) throw error;
      });
      const { Tty, OpenStdin } = known?.Config ?? {};
      return attach(connection, container, options, { tty: Tty === true, takesInput: OpenStdin === true });
    },
  };
  return containers;
}

/** `POST /containers/{id}/attach`, to a container of which is known how its process is connected. */
export async function attach(
  connection: Connection,
  container: string,
  options: AttachOptions,
  { tty, takesInput }: { readonly tty: boolean; readonly takesInput: boolean },
): Promise<ProcessStream> {
  const request = requestOf(containerCalls.attach, [container, options]);
  const answer = await connection.stream({ ...request, upgrade: true });
  const { stream = true, stdin = true } = options;
  return processStream(answer, { tty, takesInput: async () => takesInput && stream && stdin });
}

function callOf({ abortSignal }: AttachOptions): { abortSignal?: AbortSignal } {
  return abortSignal ? { abortSignal } : {};
}
