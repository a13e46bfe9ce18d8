import type { ProcessContext } from "@dryharbor/kernel";

/** What the hosts file and DNS make of a name. */
export interface HostEntry {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** The first line of the hosts file with the name, else DNS; what hstrerror says where neither knows. */
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
