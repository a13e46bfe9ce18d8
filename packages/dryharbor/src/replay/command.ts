// `dryharbor replay`: sends a record of requests again, and shows where the answers differ.
import { UsageError } from "@dryharbor/sdk/port";
import { readArguments } from "@dryharbor/simulator/command";
import { clientOf } from "./client.js";
import type { Difference } from "./differences.js";
import { readRecord } from "./recorded.js";
import { type Replayed, replay } from "./replay.js";

const usage = `dryharbor replay: send recorded requests again, and show where the answers differ

  dryharbor serve --host unix:///tmp/docker.sock --record requests.har
  dryharbor replay requests.har --engine unix:///var/run/docker.sock
  dryharbor replay requests.har --engine simulator:26.1

  --engine TARGET     where to send them: unix:///path/docker.sock, tcp://host:port, simulator
                      or simulator:RELEASE (default simulator)
  --patience SECONDS  how much longer than in the record an answer may take (default 30)
  -v, --verbose       show the requests that were answered alike, too
  -h, --help          show this help

Ids of the record are replaced by those of now. Ids, times, MAC addresses, picked ports and the engine's own
paths may differ. Ends with 1 where answers differ. An engine should be as empty as the recorded one was.`;

const options = {
  engine: { type: "string" },
  patience: { type: "string" },
  verbose: { type: "boolean", short: "v" },
  help: { type: "boolean", short: "h" },
} as const;

/** How many differences of one request are shown. */
const shown = 8;

/** Replays a record. @returns the exit code: 1 where answers differ */
export async function replayCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [file, second] = positionals;
  if (file === undefined || second !== undefined)
    throw new UsageError("replay needs one record, as in: dryharbor replay requests.har --engine simulator");
  const patience = Number(values.patience ?? 30);
  if (!(patience > 0))
    throw new UsageError(`the patience must be a number of seconds, not "${values.patience}"`);
  const record = readRecord(file);
  const client = clientOf(values.engine ?? "simulator");
  const count = { alike: 0, different: 0, uncompared: 0 };
  try {
    let number = 0;
    for await (const replayed of replay(client, record, patience * 1000)) {
      number++;
      const kind =
        replayed.differences === undefined
          ? "uncompared"
          : replayed.differences.length > 0
            ? "different"
            : "alike";
      count[kind]++;
      if (kind !== "alike" || values.verbose) console.log(`${number} ${inWords(replayed)}`);
    }
  } finally {
    await client.close();
  }
  const { alike, different, uncompared } = count;
  console.log(
    `${record.length} requests: ${alike} answered alike, ${different} differently${uncompared > 0 ? `, ${uncompared} not compared` : ""}`,
  );
  return different > 0 ? 1 : 0;
}

function inWords({ recorded, differences = [], note }: Replayed): string {
  const lines = differences.slice(0, shown).map(({ place, ...both }: Difference) => {
    const [before, now] = [both.recorded ?? "nothing", both.now ?? "nothing"];
    return `    ${place}: recorded ${before}, now ${now}`;
  });
  const more = differences.length - lines.length;
  return [
    `${recorded.method} ${recorded.target}${note === undefined ? "" : ` (${note})`}`,
    ...lines,
    ...(more > 0 ? [`    and ${more} more`] : []),
  ].join("\n");
}
