import type { Connection, ImageDefinition, Program } from "@dryharbor/simulator";

/** What one pound of a cargo costs to ship. */
const rates: Readonly<Record<string, number>> = { tea: 3, rope: 2 };

/** A service of your own: it reads the name of a cargo from each connection, and answers with its rate. */
const program: Program = async ({ network, env, stdout, stderr, onSignal }) => {
  const listener = network.listen(Number(env.PORT ?? 7000));
  onSignal("SIGTERM", () => listener.close());
  stdout(`rates are told at port ${listener.local.port}\n`);
  for (;;) {
    const connection = await listener.accept().catch(() => undefined);
    if (!connection) return 0; // somebody has stopped the container
    void answer(connection).catch((error) => stderr(`${error.message}\n`));
  }
};

async function answer(connection: Connection): Promise<void> {
  const decoder = new TextDecoder();
  let asked = "";
  for await (const piece of connection.input) {
    asked += decoder.decode(piece, { stream: true });
    if (!asked.includes("\n")) continue;
    const rate = rates[asked.trim()];
    await connection.write(new TextEncoder().encode(rate === undefined ? "unknown\n" : `${rate}\n`));
    break;
  }
  connection.close();
}

/** The image `rates`. Its program listens at port 7000, or where the variable PORT says. */
export const ratesImage: ImageDefinition = { program, config: { ExposedPorts: { "7000/tcp": {} } } };
