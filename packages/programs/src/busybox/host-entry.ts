import type { ProcessContext } from "@dryharbor/kernel";

/** The canonical name and the addresses of a host. */
export interface HostEntry {
  readonly name: string;
  readonly addresses: readonly string[];
}

/**
 * Looks up a host in `/etc/hosts` and then in DNS. Returns the text of hstrerror when the host is not found.
 */
export function lookUpHost(process: ProcessContext, name: string): HostEntry | string {
  const { files } = process;
  const hosts = files.exists("/etc/hosts") ? new TextDecoder().decode(files.read("/etc/hosts")) : "";
  for (const line of hosts.split("\n")) {
    const [address = "", ...names] = (line.split("#", 1)[0] as string).split(/\s+/);
    if (!address.includes(":") && names.some((other) => other.toLowerCase() === name.toLowerCase())) {
      return { name: names[0] as string, addresses: [address] };
    }
  }
  const { status, records } = process.resolve({ name });
  switch (status) {
    case "found":
      return { name, addresses: records };
    case "no-such-name":
      return "Unknown host";
    case "no-data":
      return "No address associated with name";
    default:
      return "Host name lookup failure";
  }
}
