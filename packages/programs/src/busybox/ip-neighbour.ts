import { devicesOf, knownAddress, type Neighbour, type ProcessContext } from "@dryharbor/kernel";
import { Died } from "./applet.js";
import {
  checkDevice,
  command,
  type IpOptions,
  keyword,
  readSelection,
  type Selection,
  selects,
  type Words,
} from "./ip-arguments.js";

const states = [
  ...["permanent", "reachable", "noarp", "none", "stale", "incomplete", "delay", "probe", "failed"],
] as const;

/** `ip neigh`: prints the neighbours whose MAC addresses are known or were asked for. */
export function ipNeighbour(process: ProcessContext, options: IpOptions, words: Words): number {
  const first = words.take();
  const asked = first === undefined ? "show" : command(["show", "flush"] as const, first);
  let next = words.take();
  if (asked === "flush" && next === undefined) throw new Died('"ip neigh flush" requires an argument');
  let device: string | undefined;
  let to: Selection | undefined;
  const wanted: string[] = [];
  for (; next !== undefined; next = words.take()) {
    switch (keyword(["to", "dev", "nud"] as const, next)) {
      case "dev":
        device = words.value();
        break;
      case "nud":
        wanted.push(readState(words.value()));
        break;
      case "to":
        to = readSelection(words.value(), options.family);
        break;
      case undefined:
        to = readSelection(next, options.family);
    }
  }
  if (device !== undefined) checkDevice(devicesOf(process.network.namespace), device);
  const family = options.family ?? to?.family;
  const shown = process.network.neighbours().filter((each) => {
    const address = knownAddress(each.address);
    return (
      (family === undefined || address.family === family) &&
      (device === undefined || each.device === device) &&
      (to === undefined || selects(to, address)) &&
      (wanted.length === 0 || wanted.includes("all") || wanted.includes(each.state.toLowerCase()))
    );
  });
  if (asked === "flush" && shown.every(({ state }) => state === "FAILED")) {
    process.stdout("Nothing to flush\n");
    return 0;
  }
  for (const each of shown) process.stdout(lineOf(each, device === undefined));
  if (asked === "flush") throw new Died("can't send flush request: Operation not permitted");
  return 0;
}

function readState(word: string): string {
  const state = word === "all" ? word : keyword(states, word);
  if (state === undefined) throw new Died(`invalid argument '${word}' to 'nud state'`);
  return state;
}

/** How often a neighbour is asked: until it answers, and in vain. */
const [untilAnswered, inVain] = [4, 6];

function lineOf({ address, device, mac, state }: Neighbour, showsDevice: boolean): string {
  const link = mac === "" ? "" : `lladdr ${mac}`;
  const probes = state === "FAILED" ? inVain : untilAnswered;
  return `${address} ${showsDevice ? `dev ${device} ` : ""}${link} used 0/0/0 probes ${probes} ${state}\n`;
}
