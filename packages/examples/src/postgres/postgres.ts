// A real service in a simulated container: PostgreSQL, which PGlite has compiled to WebAssembly, as the program of
// the image `postgres`. It speaks PostgreSQL's own protocol on port 5432 of its container.

import type { Connection, ImageDefinition, ProcessContext } from "@dryharbor/simulator";
import { PGlite } from "@electric-sql/pglite";
import { Messages, sslRequest } from "./messages.js";
import { Turns } from "./turns.js";

/**
 * The image `postgres`, with a database that lives in memory as long as its container runs.
 *
 * @example
 * const simulator = createSimulator({ images: { postgres: postgresImage } });
 * await run(simulator.engine, { Image: "postgres" }, { name: "db", detach: true });
 */
export const postgresImage: ImageDefinition = {
  program: postgres,
  config: { ExposedPorts: { "5432/tcp": {} }, StopSignal: "SIGINT" },
};

const port = 5432;

async function postgres(process: ProcessContext): Promise<number> {
  const log = (text: string): void => {
    const time = new Date(Number(process.now() / 1_000_000n)).toISOString().replace("T", " ").slice(0, 23);
    process.stderr(`${time} UTC [${process.pid}] LOG:  ${text}\n`);
  };
  const database = await PGlite.create();
  const turns = new Turns();
  const listener = process.network.listen(port, { address: "::" });
  let told = () => {};
  let broke = (_: unknown) => {};
  const stopped = new Promise<void>((resolve, reject) => {
    told = resolve;
    broke = reject;
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.onSignal(signal, () => told());
  log(`listening on IPv4 address "0.0.0.0", port ${port}`);
  log("database system is ready to accept connections");
  void accept();
  await stopped;
  log("received fast shutdown request");
  listener.close();
  await turns.next(() => database.close());
  log("database system is shut down");
  return 0;

  async function accept(): Promise<void> {
    for (;;) {
      const connection = await listener.accept().catch(() => undefined);
      if (!connection) return;
      // A client that goes away in the middle is no failure of the server.
      void serve(connection).catch(() => connection.close());
    }
  }

  /** Answers one client. In a transaction it has the database for itself, because PGlite has one session. */
  async function serve(connection: Connection): Promise<void> {
    const messages = new Messages();
    let end: (() => void) | undefined;
    try {
      for await (const piece of connection.input) {
        for (const message of messages.add(piece)) {
          if (message === sslRequest) await connection.write(new TextEncoder().encode("N"));
          else if (message[0] === "X".charCodeAt(0)) return;
          else if (copiesIn(message)) await connection.write(refusal(end !== undefined));
          else {
            end ??= await turns.begin();
            const answer = await database.execProtocolRaw(message).catch((error) => {
              // Nothing works after that, so the container ends with the reason in its log.
              broke(error);
              throw error;
            });
            // The last answer of a query tells whether a transaction is open.
            if (isIdle(answer)) {
              end();
              end = undefined;
            }
            await connection.write(answer);
          }
        }
      }
    } finally {
      if (end) {
        await database.exec("ROLLBACK");
        end();
      }
      connection.close();
    }
  }
}

/** Returns whether a query wants rows from its client, in the middle of which PGlite cannot wait. */
function copiesIn(message: Uint8Array): boolean {
  if (message[0] !== "Q".charCodeAt(0)) return false;
  return /^\s*copy\b.*\bfrom\s+stdin\b/is.test(new TextDecoder().decode(message.subarray(5)));
}

/** Makes the answer to a query that is not done: `ErrorResponse`, and that the next one may come. */
function refusal(inTransaction: boolean): Uint8Array {
  const fields = "SERROR\0C0A000\0MCOPY FROM STDIN is not supported: PGlite cannot wait for rows\0\0";
  const bytes = new TextEncoder().encode(`E\0\0\0\0${fields}Z\0\0\0\x05${inTransaction ? "T" : "I"}`);
  new DataView(bytes.buffer).setInt32(1, fields.length + 4);
  return bytes;
}

/** Returns whether an answer ends with `ReadyForQuery` outside of a transaction. */
function isIdle(answer: Uint8Array): boolean {
  const [type, , , , length, status] = answer.slice(-6);
  return type === "Z".charCodeAt(0) && length === 5 && status === "I".charCodeAt(0);
}
