import { FileError, type FileErrorCode, LookupError, type ProcessContext } from "@dryharbor/kernel";

/** What becomes of a health check's look at a server. */
type Reached = "listening" | "unknown host" | FileErrorCode;

/**
 * Finds out whether a server takes connections.
 *
 * @param host `undefined` for its Unix socket, of which it is known whether the server listens at all
 */
export async function reach(
  { network, lookup }: ProcessContext,
  host: string | undefined,
  port: number,
  within = 3000,
): Promise<Reached> {
  // One's own server is not disturbed: it would tell each client that there is no such service.
  const isListening = network
    .sockets()
    .some(({ state, protocol, local }) => protocol === "tcp" && state === "LISTEN" && local.port === port);
  if (host === undefined) return isListening ? "listening" : "ENOENT";
  if (/^(localhost|127(\.\d+){3}|::1)$/.test(host)) return isListening ? "listening" : "ECONNREFUSED";
  try {
    const { addresses } = await lookup(host);
    const connection = await network.connect(addresses[0] as string, port, { within });
    try {
      // Whoever closes at once serves nobody. A stand-in waits longer than this for what its client says.
      return (await connection.read(1, { within: 50 })) ? "listening" : "ECONNRESET";
    } catch (error) {
      if (error instanceof FileError && error.code === "EAGAIN") return "listening";
      throw error;
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof LookupError) return "unknown host";
    if (error instanceof FileError) return error.code;
    throw error;
  }
}

/** The numbers of the errors that these programs print. */
export const errorNumbers: Partial<Record<Reached, number>> = {
  ENOENT: 2,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
  ENETUNREACH: 101,
};
