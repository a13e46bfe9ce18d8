import type { Program } from "@dryharbor/kernel";
import { dial } from "./dial.js";

/** A request to connect, version 0. */
const greeting = new Uint8Array(48).fill(0).map((_, at) => (at === 3 ? 44 : 0));

/** `zkCli.sh`, as it ends where no server answers. Its words are those of its sources: no package of Debian has it. */
export const zkCli: Program = async (process) => {
  const { argv, stdout, stderr, sleep } = process;
  const at = argv.indexOf("-server");
  const place = at < 0 ? "localhost:2181" : (argv[at + 1] ?? "localhost:2181");
  const [host = "localhost", port = "2181"] = (place.split(",")[0] ?? "").split(":");
  stdout(`Connecting to ${host}:${port}\n`);
  const answer = await dial(process, host, Number(port), greeting, 10_000);
  if (answer instanceof Uint8Array) {
    stderr("the simulator's zkCli.sh can only connect\n");
    return 1;
  }
  const problem = {
    unknown: `java.net.UnknownHostException: ${host}: Name or service not known`,
    failed: `java.net.ConnectException: ${answer.error?.message}`,
    closed: "EndOfStreamException: Unable to read additional data from server, it probably closed socket",
  }[answer.kind];
  stderr(`Session 0x0 for server ${host}/${answer.address}:${port}, Closing socket connection. ${problem}\n`);
  await sleep(1000);
  stderr(
    'Exception in thread "main" org.apache.zookeeper.KeeperException$ConnectionLossException: KeeperErrorCode = ConnectionLoss\n',
  );
  return 1;
};
