// Routing tables as `route` and `netstat -r` print them.
import { formatAddress, formatPrefix, type ProcessContext, routingTable } from "@dryharbor/kernel";

/** How a table of IPv4 routes is printed. */
export interface RouteLayout {
  /** Whether addresses are not replaced by names. */
  readonly isNumeric: boolean;
  /** Whether MSS, window and round trip stand in the place of metric, references and use. */
  readonly showsWindow: boolean;
}

/** Prints the IPv4 routes. */
export async function printRoutes(
  process: ProcessContext,
  { isNumeric, showsWindow }: RouteLayout,
): Promise<void> {
  const head = showsWindow ? "  MSS Window  irtt" : "Metric Ref    Use";
  process.stdout(
    `Kernel IP routing table\nDestination     Gateway         Genmask         Flags ${head} Iface\n`,
  );
  for (const { table, destination, gateway, device } of routingTable(process.network.namespace, 4)) {
    if (table !== "main") continue;
    const network = formatAddress(destination.address);
    const to = destination.bits === 0 && !isNumeric ? "default" : network;
    const by = gateway
      ? await hostName(process, formatAddress(gateway), isNumeric)
      : isNumeric
        ? "0.0.0.0"
        : "*";
    const flags = `U${gateway ? "G" : ""}${destination.bits === 32 ? "H" : ""}`;
    const place = `${column(to)} ${column(by)} ${maskText(destination.bits).padEnd(16)}${flags.padEnd(6)}`;
    process.stdout(`${place}${showsWindow ? "    0 0          0" : "0      0        0"} ${device}\n`);
  }
}

/** Prints the IPv6 routes. */
export function printRoutes6(process: ProcessContext): void {
  const all = routingTable(process.network.namespace, 6);
  process.stdout(
    `Kernel IPv6 routing table\n${"Destination".padEnd(44)}${"Next Hop".padEnd(40)}Flags Metric Ref    Use Iface\n`,
  );
  const line = (to: string, by: string, flags: string, metric: number, device: string) =>
    process.stdout(
      `${to.padEnd(43)} ${by.padEnd(39)} ${flags.padEnd(5)} ${String(metric).padEnd(6)} 1        0 ${device.padEnd(8)}\n`,
    );
  // In each table without a default route, the kernel has one at the end that refuses.
  const refusing = () => line("::/0", "::", "!n", -1, "lo");
  for (const table of ["main", "local"] as const) {
    const own = all.filter((each) => each.table === table);
    for (const { kind, destination, gateway, device, metric = 0 } of own) {
      const flags = kind === "local" ? "Un" : gateway ? "UG" : "U";
      line(formatPrefix(destination), gateway ? formatAddress(gateway) : "::", flags, metric, device);
    }
    if (!own.some(({ destination }) => destination.bits === 0)) refusing();
  }
}

function column(text: string): string {
  return text.slice(0, 15).padEnd(15);
}

async function hostName(process: ProcessContext, address: string, isNumeric: boolean): Promise<string> {
  return isNumeric ? address : ((await process.reverse(address))?.name ?? address);
}

/** Returns the mask of a prefix length, such as `255.255.255.0`. */
export function maskText(bits: number): string {
  const all = 0xffff_ffffn;
  return formatAddress({ family: 4, value: all ^ (all >> BigInt(bits)) });
}
