// mongodump, mongorestore, mongoexport and mongoimport, as they end where no server answers. Their words are those of their
// sources: no package of Debian has them.
import type { Program } from "@dryharbor/kernel";
import { dial } from "./dial.js";
import { optionTable, readGiven } from "./options.js";

const options =
  optionTable(`h:/host /port: u:/username p:/password /authenticationDatabase: /authenticationMechanism: /uri:
d:/db c:/collection q:/query /queryFile: f:/fields /fieldFile: /type: o:/out /out: /archive: /gzip v/verbose /quiet /version
/help /file: /drop /upsert /jsonArray /headerline /oplog /ssl /dir: /nsInclude: /nsExclude: j:/numParallelCollections: /pretty
/dumpDbUsersAndRoles /readPreference: /excludeCollection: /mode: /stopOnError /numInsertionWorkers:`);

/** How long they look for a server, in milliseconds. */
const patience = 30_000;

/** Makes the tool of a name. */
export function mongoTool(name: string): Program {
  return async (process) => {
    const { argv, stdout, stderr, now, sleep } = process;
    const line = (text: string): void => {
      const time = new Date(Number(now() / 1_000_000n)).toISOString().replace("Z", "+0000");
      stderr(`${time}\t${text}\n`);
    };
    const given = readGiven(argv.slice(1), options);
    if (typeof given === "string") {
      line(`error parsing command line options: ${given}`);
      line(`try '${name} --help' for more information`);
      return 1;
    }
    if (given.has("version")) {
      stdout(`${name} version: 100.12.2\n`);
      return 0;
    }
    if (given.has("help")) {
      stdout(`Usage:\n  ${name} <options> <connection-string>\n`);
      return 0;
    }
    const uri = given.value("uri") ?? given.operands.find((each) => each.startsWith("mongodb://"));
    const [, ofUri, portOfUri] = /^mongodb:\/\/(?:[^@/]*@)?([^:/?,]+)(?::(\d+))?/.exec(uri ?? "") ?? [];
    const [ofOption = "localhost", portOfOption] = given.value("host")?.replace(/^.*\//, "").split(":") ?? [];
    const host = ofUri ?? ofOption;
    const port = Number(portOfUri ?? given.value("port") ?? portOfOption ?? 27_017);
    const from = now();
    const answer = await dial(process, host, port, new Uint8Array(16), patience);
    if (answer instanceof Uint8Array) {
      line(`Failed: the simulator's ${name} can only connect`);
      return 1;
    }
    const waited = Number((now() - from) / 1_000_000n);
    await sleep(Math.max(0, patience - waited));
    const server = "127.0.0.11:53";
    const dialled = `dial tcp ${answer.address}:${port}: `;
    const last = {
      unknown: `dial tcp: lookup ${host} on ${server}: no such host`,
      closed: `connection(${host}:${port}[-4]) incomplete read of message header: EOF`,
      failed: `${dialled}${answer.error?.code === "ETIMEDOUT" ? "i/o timeout" : `connect: ${answer.error?.message.toLowerCase()}`}`,
    }[answer.kind];
    const begin = /export|import/.test(name)
      ? "error connecting to host: "
      : "Failed: can't create session: ";
    line(
      `${begin}failed to connect to mongodb://${host}:${port}/: server selection error: server selection timeout, current topology: ` +
        `{ Type: Single, Servers: [{ Addr: ${host}:${port}, Type: Unknown, Last error: ${last} }, ] }`,
    );
    return 1;
  };
}
