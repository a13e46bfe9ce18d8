// /proc/sys: the settings of a kernel and of a network namespace.

import type { NetworkNamespace } from "../network/namespace.js";
import type { GeneratedDirectory } from "./generated.js";

/** Settings by path below /proc/sys. */
type Settings = Readonly<Record<string, string | number>>;

const settings: Settings = {
  "fs/file-max": 2_466_165,
  "fs/inotify/max_user_instances": 128,
  "fs/inotify/max_user_watches": 192_536,
  "fs/nr_open": 1_048_576,
  "kernel/cap_last_cap": 40,
  "kernel/domainname": "(none)",
  "kernel/msgmax": 8192,
  "kernel/msgmnb": 16_384,
  "kernel/ostype": "Linux",
  "kernel/overflowuid": 65_534,
  "kernel/pid_max": 4_194_304,
  "kernel/sem": "32000\t1024000000\t500\t32000",
  "kernel/shmall": "18446744073692774399",
  "kernel/shmmax": "18446744073692774399",
  "kernel/threads-max": 192_729,
  "net/core/optmem_max": 131_072,
  "net/core/rmem_default": 212_992,
  "net/core/rmem_max": 4_194_304,
  "net/core/somaxconn": 4096,
  "net/core/wmem_default": 212_992,
  "net/core/wmem_max": 4_194_304,
  "net/ipv4/icmp_echo_ignore_all": 0,
  "net/ipv4/ip_default_ttl": 64,
  "net/ipv4/ip_forward": 0,
  "net/ipv4/ip_local_port_range": "32768\t60999",
  "net/ipv4/ip_local_reserved_ports": "",
  "net/ipv4/ip_nonlocal_bind": 0,
  "net/ipv4/ip_unprivileged_port_start": 0,
  "net/ipv4/ping_group_range": "0\t2147483647",
  "net/ipv4/tcp_fin_timeout": 60,
  "net/ipv4/tcp_keepalive_intvl": 75,
  "net/ipv4/tcp_keepalive_probes": 9,
  "net/ipv4/tcp_keepalive_time": 7200,
  "net/ipv4/tcp_syncookies": 1,
  "net/ipv4/tcp_tw_reuse": 2,
  "net/ipv6/bindv6only": 0,
  "net/ipv6/ip_nonlocal_bind": 0,
  "net/unix/max_dgram_qlen": 10,
  "vm/max_map_count": 65_530,
  "vm/overcommit_memory": 0,
  "vm/swappiness": 60,
};

/** What each interface has of its own, and `all` and `default`. */
const ofInterface4: Settings = {
  accept_local: 0,
  accept_redirects: 1,
  arp_ignore: 0,
  forwarding: 0,
  log_martians: 0,
  proxy_arp: 0,
  route_localnet: 0,
  rp_filter: 0,
  send_redirects: 1,
};
const ofInterface6: Settings = {
  accept_ra: 1,
  autoconf: 1,
  dad_transmits: 1,
  forwarding: 0,
  hop_limit: 64,
  proxy_ndp: 0,
  use_tempaddr: 0,
};

/**
 * Makes the directory /proc/sys.
 *
 * @param changed settings by their name with dots, as `sysctl` has them
 */
export function settingsDirectory(
  { interfaces, loopback6 }: NetworkNamespace,
  changed: Readonly<Record<string, string>>,
): GeneratedDirectory {
  const all = new Map<string, string | number>(Object.entries(settings));
  const without6 = Number(!loopback6);
  const names = ["all", "default", "lo", ...interfaces.map(({ name }) => name)];
  for (const name of names) {
    const own = interfaces.find((each) => each.name === name);
    const disabled = own ? Number(own.addresses.every(({ address }) => address.family === 4)) : without6;
    const of6 = { ...ofInterface6, disable_ipv6: disabled };
    for (const [key, value] of Object.entries(ofInterface4)) all.set(`net/ipv4/conf/${name}/${key}`, value);
    for (const [key, value] of Object.entries(of6)) all.set(`net/ipv6/conf/${name}/${key}`, value);
  }
  for (const [name, value] of Object.entries(changed)) all.set(name.replaceAll(".", "/"), value);
  return nested(all);
}

interface Nested extends GeneratedDirectory {
  [name: string]: Nested | string;
}

function nested(all: ReadonlyMap<string, string | number>): Nested {
  const root: Nested = {};
  for (const [path, value] of all) {
    const names = path.split("/");
    const last = names.pop() ?? "";
    let directory = root;
    for (const name of names) {
      const below = directory[name] ?? {};
      if (typeof below === "string") return root;
      directory[name] = below;
      directory = below;
    }
    directory[last] = `${value}\n`;
  }
  return root;
}
