// Asks a DNS server over UDP for the address of a name, some questions at once, and prints how many answers came a
// second. A process of its own, so that it can be run inside the network namespace of a real container.
//   ask.ts ADDRESS PORT NAME
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { encodeMessage, standardQuery } from "@dryharbor/kernel/dns-message";
import { answered } from "./answered.js";

const [address = "", port = "", name = ""] = process.argv.slice(2);
const query = encodeMessage(standardQuery(name, "A", 7));
const first = createSocket("udp4");
first.send(query, Number(port), address);
const [reply] = (await once(first, "message", { signal: AbortSignal.timeout(5_000) })) as [Buffer];
first.close();
// The fourth byte ends with the response code, and the eighth with the number of answers.
if (((reply[3] ?? 0) & 15) !== 0 || reply[7] === 0) throw new Error(`${address} does not know ${name}`);
console.log(await answered(query, Number(port), address));
