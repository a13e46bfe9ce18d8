// The commands of Kafka's image, as they end where no broker answers. Their words are those of its sources: no package of
// Debian has them.
import type { Program } from "@dryharbor/kernel";
import { dial } from "./dial.js";

/** `ApiVersions`, version 0, without a client's name. */
const greeting = Uint8Array.of(0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff);

/** How long a command waits for a broker, and how long until it tries again, in milliseconds. */
const patience = 60_000;
const pause = 1000;

/** What each command says at its end. */
const endings: Readonly<Record<string, string>> = {
  "kafka-topics.sh":
    "Error while executing topic command : Timed out waiting for a node assignment. Call: listTopics",
  "kafka-consumer-groups.sh":
    "Error: Executing consumer group command failed due to org.apache.kafka.common.errors.TimeoutException: Timed out waiting for a node assignment. Call: listGroups",
};

/** Makes the command of a name. */
export function kafkaCommand(name: string): Program {
  return async (process) => {
    const { argv, stdout, stderr, now, sleep } = process;
    const args = argv.slice(1);
    if (args.includes("--version")) {
      stdout("4.0.0\n");
      return 0;
    }
    const at = args.findIndex((arg) => /^--(bootstrap-server|broker-list)$/.test(arg));
    const inline = args.find((arg) => arg.startsWith("--bootstrap-server="))?.split("=")[1];
    const servers = inline ?? (at < 0 ? undefined : args[at + 1]);
    if (servers === undefined) {
      stderr('Missing required argument "[bootstrap-server]"\n');
      return 1;
    }
    const [host = "", port = "9092"] = (servers.split(",")[0] ?? "").split(":");
    const until = now() + BigInt(patience) * 1_000_000n;
    while (now() < until) {
      const answer = await dial(process, host, Number(port), greeting, 10_000);
      if (answer instanceof Uint8Array) {
        stderr(`the simulator's ${name} can only connect\n`);
        return 1;
      }
      if (answer.kind === "unknown") {
        stderr(
          `WARN Couldn't resolve server ${host}:${port} from bootstrap.servers as DNS resolution failed for ${host} (org.apache.kafka.clients.ClientUtils)\n` +
            "org.apache.kafka.common.config.ConfigException: No resolvable bootstrap urls given in bootstrap.servers\n",
        );
        return 1;
      }
      const time = new Date(Number(now() / 1_000_000n))
        .toISOString()
        .replace("T", " ")
        .replace(".", ",")
        .slice(0, 23);
      const problem =
        answer.kind === "closed"
          ? `Node -1 disconnected. (org.apache.kafka.clients.NetworkClient)`
          : `Connection to node -1 (${host}/${answer.address}:${port}) could not be established. Node may not be available. (org.apache.kafka.clients.NetworkClient)`;
      stdout(`[${time}] WARN [AdminClient clientId=adminclient-1] ${problem}\n`);
      await sleep(pause);
    }
    stderr(
      `${endings[name] ?? "org.apache.kafka.common.errors.TimeoutException: Timed out waiting for a node assignment."}\n`,
    );
    return 1;
  };
}
