// The entry `@dryharbor/programs/network-tools`: tcpdump, BIND's tools and iproute2's, loaded when one is started.
import type { Program, ProgramTable } from "@dryharbor/kernel";
import { type NetworkToolName, networkToolNames } from "./network-tool-names.js";
import { dig } from "./network-tools/bind/dig.js";
import { host } from "./network-tools/bind/host.js";
import { bindNslookup } from "./network-tools/bind/nslookup.js";
import { ss } from "./network-tools/iproute2/ss.js";
import { tcpdump } from "./network-tools/tcpdump/tcpdump.js";

const programs: Readonly<Record<NetworkToolName, Program>> = {
  "bind-nslookup": bindNslookup,
  dig,
  host,
  ss,
  tcpdump,
};

/** The network tools, by name. */
export const networkToolPrograms: ProgramTable = new Map(
  networkToolNames.map((name) => [name, programs[name]]),
);
