import { type Connection, FileError, LookupError, type ProcessContext } from "@dryharbor/kernel";

/** Why there is no connection: the name is unknown, or what the kernel says. */
interface NoConnection {
  readonly kind: "unknown" | "failed" | "closed";
  /** The address that was tried; empty for an unknown name. */
  readonly address: string;
  readonly error: LookupError | FileError | undefined;
}

/**
 * Connects to a host, says what a client says first, and waits for an answer.
 *
 * @param greeting what is sent. Without one, the server has to speak first
 * @returns the first bytes of the answer, or why there are none
 */
export async function dial(
  { lookup, network }: ProcessContext,
  host: string,
  port: number,
  greeting?: Uint8Array,
  within?: number,
): Promise<Uint8Array | NoConnection> {
  let address = "";
  let connection: Connection | undefined;
  try {
    [address = ""] = (await lookup(host)).addresses;
    connection = await network.connect(address, port, within === undefined ? {} : { within });
    if (greeting) await connection.write(greeting);
    return (await connection.read()) ?? { kind: "closed", address, error: undefined };
  } catch (error) {
    if (error instanceof LookupError) return { kind: "unknown", address: "", error };
    if (!(error instanceof FileError)) throw error;
    return { kind: connection ? "closed" : "failed", address, error };
  } finally {
    connection?.close();
  }
}
