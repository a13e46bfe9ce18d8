import {
  type Device,
  type DeviceAddress,
  devicesOf,
  formatAddress,
  LookupError,
  lastValue,
  type ProcessContext,
  subnetOf,
} from "@dryharbor/kernel";
import { applet, BadUsage, Died } from "./applet.js";
import { familyOf } from "./host-address.js";
import { maskText } from "./routes.js";

const help = `ifconfig [-a] [IFACE] [ADDRESS]

Configure a network interface

	[add ADDRESS[/PREFIXLEN]]
	[del ADDRESS[/PREFIXLEN]]
	[[-]broadcast [ADDRESS]] [[-]pointopoint [ADDRESS]]
	[netmask ADDRESS] [dstaddr ADDRESS]
	[outfill NN] [keepalive NN]
	[hw ether|infiniband ADDRESS] [metric NN] [mtu NN]
	[[-]trailers] [[-]arp] [[-]allmulti]
	[multicast] [[-]promisc] [txqueuelen NN] [[-]dynamic]
	[mem_start NN] [io_addr NN] [irq NN]
	[up|down] ...`;

/** `ifconfig [IFACE]`: prints the interfaces. They cannot be changed. */
export const ifconfig = applet({ help }, async (process, { operands }) => {
  const [device, ...changes] = operands[0] === "-a" ? operands.slice(1) : operands;
  if (changes.length > 0) await refuse(process, device as string, changes);
  const all = devicesOf(process.network.namespace);
  if (device === undefined) {
    for (const each of all.toSorted(byName)) process.stdout(`${shown(each)}\n`);
    return 0;
  }
  const found = all.find(({ name }) => name === device) ?? aliasOf(all, device);
  if (!found) throw new Died(`${device}: error fetching interface information: Device not found`);
  process.stdout(`${typeof found === "string" ? found : shown(found)}\n`);
  return 0;
});

/** Another name of an interface, such as `eth0:1`: it has the flags of the interface, and no address. */
function aliasOf(all: readonly Device[], name: string): string | undefined {
  const device = all.find((each) => name.startsWith(`${each.name}:`));
  return device && `${headOf(device, name)}${lineOf(flagsOf(device))}`;
}

/** By the letters of their names, then by the numbers at their ends. */
function byName(one: Device, other: Device): number {
  const parts = ({ name }: Device) => /^(.*?)(\d*)$/.exec(name)?.slice(1) ?? [];
  const [[letters = "", number], [others = "", last]] = [parts(one), parts(other)];
  if (letters !== others) return letters < others ? -1 : 1;
  return Number(number) - Number(last);
}

function shown(device: Device): string {
  const { name, isLoopback, addresses, received, sent } = device;
  const first = addresses.find(({ address }) => address.family === 4);
  const others = addresses.filter(({ address }) => address.family === 6);
  const lines = [
    ...(first ? [inet(first, isLoopback)] : []),
    ...others.map(
      ({ address, bits, scope }) => `inet6 addr: ${formatAddress(address)}/${bits} Scope:${scopes[scope]}`,
    ),
    flagsOf(device),
    `RX packets:${received.packets} errors:0 dropped:0 overruns:0 frame:0`,
    `TX packets:${sent.packets} errors:0 dropped:0 overruns:0 carrier:0`,
    `collisions:0 txqueuelen:${isLoopback ? 1000 : 0} `,
    `RX bytes:${amount(received.bytes)}  TX bytes:${amount(sent.bytes)}`,
  ];
  return `${headOf(device, name)}${lines.map(lineOf).join("")}`;
}

function lineOf(text: string): string {
  return `          ${text}\n`;
}

function headOf({ mac, isLoopback }: Device, name: string): string {
  const type = isLoopback ? "Local Loopback" : `Ethernet  HWaddr ${mac.toUpperCase()}`;
  return `${name.padEnd(10)}Link encap:${type}  \n`;
}

function flagsOf({ mtu, isLoopback }: Device): string {
  return `${isLoopback ? "UP LOOPBACK RUNNING" : "UP BROADCAST RUNNING MULTICAST"}  MTU:${mtu}  Metric:1`;
}

const scopes = { global: "Global", link: "Link", host: "Host" } as const;

function inet(own: DeviceAddress, isLoopback: boolean): string {
  const broadcast = formatAddress({ family: 4, value: lastValue(subnetOf(own)) });
  const place = isLoopback || own.bits > 30 ? "" : `  Bcast:${broadcast}`;
  return `inet addr:${formatAddress(own.address)}${place}  Mask:${maskText(own.bits)}`;
}

/** An amount of bytes, and the same in the largest unit that fits. What does not make a tenth is cut off. */
function amount(bytes: number): string {
  let whole = bytes;
  let tenths = 0;
  let unit = 0;
  while (whole >= 1024 && unit < units.length - 1) {
    tenths = Math.floor(((whole % 1024) * 10) / 1024);
    whole = Math.floor(whole / 1024);
    unit++;
  }
  return `${bytes} (${whole}.${tenths} ${units[unit]})`;
}

const units = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** The calls to the kernel that settings make, by their keyword. */
const calls: Readonly<Record<string, string>> = {
  ...{ metric: "SIOCSIFMETRIC", mtu: "SIOCSIFMTU", txqueuelen: "SIOCSIFTXQLEN", dstaddr: "SIOCSIFDSTADDR" },
  ...{ netmask: "SIOCSIFNETMASK", broadcast: "SIOCSIFBRDADDR", pointopoint: "SIOCSIFDSTADDR" },
  ...{ keepalive: "SIOCSKEEPALIVE", outfill: "SIOCSOUTFILL", mem_start: "SIOCSIFMAP", io_addr: "SIOCSIFMAP" },
  ...{ irq: "SIOCSIFMAP", add: "SIOCSIFADDR", del: "SIOCDIFADDR", hw: "SIOCSIFHWADDR" },
};
const takeAddress = ["dstaddr", "netmask", "broadcast", "pointopoint", "add", "del"];
const flags = ["arp", "trailers", "promisc", "multicast", "allmulti", "dynamic", "up", "down"];
/** Those that a minus before them turns off. */
const withMinus = [...flags.slice(0, 6), "broadcast", "pointopoint"];

/** Refuses the first change of an interface. @throws {Died} always, or {@link BadUsage} */
async function refuse(process: ProcessContext, device: string, changes: readonly string[]): Promise<never> {
  const exists = devicesOf(process.network.namespace).some(({ name }) => name === device.replace(/:.*/, ""));
  // "inet" before an address says nothing.
  const [word = "", value, ...rest] = changes.filter((each) => each !== "inet");
  const keyword = word.replace(/^-/, "");
  const isFlag = flags.includes(keyword);
  const call = calls[keyword];
  if (word.startsWith("-") && (isFlag || call !== undefined) && !withMinus.includes(keyword)) {
    throw new Died(`bad: '${word}'`);
  }
  if (isFlag || (word.startsWith("-") && call !== undefined)) {
    throw new Died(exists ? "SIOCSIFFLAGS: Operation not permitted" : "SIOCGIFFLAGS: No such device");
  }
  if (call === undefined) {
    const family = await checkHost(process, word);
    if (family === 6 && !exists) throw new Died("SIOCGIFINDEX: No such device");
    throw new Died("SIOCSIFADDR: Operation not permitted");
  }
  if (value === undefined) throw new BadUsage();
  if (takeAddress.includes(keyword)) await checkHost(process, value);
  if (keyword === "hw") checkHardware(value, rest[0]);
  throw new Died(`${call}: Operation not permitted`);
}

function checkHardware(kind: string, address: string | undefined): void {
  if (!["ether", "infiniband"].includes(kind) || address === undefined) throw new BadUsage();
  if (!/^([\da-f]{1,2}:){5}[\da-f]{1,2}$/i.test(address)) throw new Died(`invalid hw-addr ${address}`);
}

/** Looks an address up. Only one of IPv6 may have a prefix length. Resolves to the family. @throws {Died} */
async function checkHost(process: ProcessContext, text: string): Promise<4 | 6> {
  try {
    if (text === "default") return 4;
    const [address] = (await process.lookup(text.replace(/\/\d+$/, ""))).addresses;
    const family = familyOf(address as string);
    if (family === 4 && text.includes("/")) throw new Died(`bad address '${text}'`);
    return family;
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    throw new Died(`bad address '${text}'`);
  }
}
