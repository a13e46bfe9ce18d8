import { describe, expect, it } from "vitest";
import { Files } from "../files/files.js";
import { rootInode } from "../files/tree.js";
import { defaultRoute, knownAddress, type NetworkNamespace } from "../network/namespace.js";
import { parsePrefix } from "../network/prefix.js";
import type { Neighbour, SocketInfo } from "../network/sockets.js";
import type { Member } from "../processes/member.js";
import type { GeneratedFiles } from "./generated.js";
import { seenNetwork } from "./network.js";
import { procFiles } from "./proc.js";
import { sysFiles } from "./sys.js";

const idle = { received: { bytes: 736, packets: 8 }, sent: { bytes: 0, packets: 0 } };
const addressed = (address: string, subnet: string) => ({
  address: knownAddress(address),
  subnet: parsePrefix(subnet)!,
});
const disk = { size: 2 ** 36, used: 2 ** 32, available: 2 ** 35, inodes: 2 ** 22, usedInodes: 2 ** 17 };
const namespace: NetworkNamespace = {
  interfaces: [
    {
      ...{ name: "eth1", mac: "02:42:0a:82:00:02", index: 3, mtu: 1400, ...idle },
      addresses: [addressed("10.130.0.2", "10.130.0.0/24"), addressed("fd00:30::2", "fd00:30::/64")],
    },
    {
      ...{ name: "eth0", mac: "02:42:ac:11:00:02", index: 2, mtu: 1500, ...idle },
      addresses: [addressed("172.17.0.2", "172.17.0.0/16")],
    },
  ],
  routes: [defaultRoute(knownAddress("10.130.0.1"))],
  loopback6: true,
};

function mounted(files: GeneratedFiles): Files {
  const mount = { files: () => files, change: undefined, root: rootInode };
  return new Files(new Map([["/", mount]]), () => 0n);
}

const neighbours: readonly Neighbour[] = [
  { address: "10.130.0.1", device: "eth1", mac: "02:42:0a:82:00:01", state: "REACHABLE" },
  { address: "10.130.0.99", device: "eth1", mac: "", state: "FAILED" },
  { address: "fd00:30::1", device: "eth1", mac: "02:42:0a:82:00:01", state: "STALE" },
];
const sockets: readonly SocketInfo[] = [
  socket({ state: "ESTABLISHED", family: 6, remote: { address: "10.130.0.3", port: 40_000 }, unread: 5 }),
  socket({ state: "LISTEN", family: 6, local: { address: "::", port: 80 }, unsent: 128 }),
  socket({ state: "LISTEN", local: { address: "127.0.0.11", port: 45_463 } }),
  socket({ protocol: "udp", local: { address: "127.0.0.11", port: 41_301 }, state: "CLOSE" }),
  socket({ remote: { address: "10.130.0.3", port: 7 }, state: "CLOSE_WAIT", unsent: 300 }),
];

function socket(given: Partial<SocketInfo>): SocketInfo {
  const local = { address: "10.130.0.2", port: 40_001 };
  const closed = { protocol: "tcp", family: 4, remote: undefined, state: "CLOSE" } as const;
  return { ...closed, local, unread: 0, unsent: 0, pid: 1, ...given };
}

const processes: readonly Member[] = [
  {
    ...{
      pid: 1,
      parentPid: 0,
      startedAt: 7_200_000_000_000n,
      tty: false,
      session: 1,
      group: 1,
      process: undefined,
    },
    user: { uid: 0, gid: 0, groups: [0, 10], capabilities: 0xa80425fb },
    argv: () => ["/bin/sleep", "1000"],
    env: () => ({ HOME: "/root" }),
    cwd: () => "/srv",
  },
  {
    ...{
      pid: 9,
      parentPid: 1,
      startedAt: 7_200_010_000_000n,
      tty: true,
      session: 1,
      group: 9,
      process: undefined,
    },
    user: { uid: 1000, gid: 100, groups: [100], capabilities: 0xa80425fb },
    argv: () => ["-sh"],
    env: () => ({}),
    cwd: () => "/",
  },
];

let now = namespace;
const proc = mounted(
  procFiles(
    {
      machine: { architecture: "x86_64", kernelVersion: "6.12.48", processors: 2, memory: 2 ** 30, disk },
      hostname: () => "web",
      network: () =>
        seenNetwork({ counted: () => now, neighbours: () => neighbours, sockets: () => sockets }),
      mounts: () => [{ source: "/dev/sda1", path: "/a b", type: "ext4", options: "rw,relatime" }],
      sysctls: () => ({ "net.core.somaxconn": "12" }),
      uptime: () => 3_600_050_000_000n,
      now: () => 7_200_000_000_000n,
      processes: () => processes,
      ofProcesses: {
        controlGroups: () => "0::/docker/1\n",
        seccomp: () => 2,
        noNewPrivileges: () => false,
        limits: () => ({ nofile: { soft: 1024, hard: Number.POSITIVE_INFINITY } }),
        pipeNumber: () => 1,
        executable: (command) => command,
      },
    },
    5n,
  ),
);
const sys = mounted(sysFiles(() => now, 5n));
const text = (files: Files, path: string) => new TextDecoder().decode(files.read(path));

// All texts are what Linux 6.18 wrote for such a namespace.
describe("/proc", () => {
  it("has the interfaces and what has gone through them", () => {
    expect(text(proc, "/net/dev")).toBe(
      `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
  eth0:     736       8    0    0    0     0          0         0        0       0    0    0    0     0       0          0
  eth1:     736       8    0    0    0     0          0         0        0       0    0    0    0     0       0          0
`,
    );
  });

  it("has the routes in order of their destinations, with bytes the other way round", () => {
    const lines = text(proc, "/net/route").split("\n");
    expect(lines.map((line) => line.trimEnd())).toEqual([
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT",
      "eth1\t00000000\t0100820A\t0003\t0\t0\t0\t00000000\t0\t0\t0",
      "eth1\t0000820A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
      "eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0",
      "",
    ]);
    expect(lines.slice(0, -1).every((line) => line.length === 127)).toBe(true);
  });

  it("has the addresses of IPv6, with those that interfaces give themselves", () => {
    expect(text(proc, "/net/if_inet6")).toBe(
      `00000000000000000000000000000001 01 80 10 80       lo
fe8000000000000000420afffe820002 03 40 20 80     eth1
fd000030000000000000000000000002 03 40 00 82     eth1
`,
    );
  });

  it("has the routes of IPv6: those of the namespace itself too, and those that refuse", () => {
    const lines = text(proc, "/net/ipv6_route").trimEnd().split("\n");
    expect(lines.map((line) => line.split(/ +/).map((word) => word.replace(/^0+(?=.)/, "")))).toEqual(
      [
        ["fd000030000000000000000000000000", "40", "0", "100", "1", "eth1"],
        ["fe800000000000000000000000000000", "40", "0", "100", "1", "eth1"],
        ["0", "0", "0", "ffffffff", "200200", "lo"],
        ["1", "80", "0", "0", "80200001", "lo"],
        ["fd000030000000000000000000000002", "80", "0", "0", "80200001", "eth1"],
        ["fe8000000000000000420afffe820002", "80", "0", "0", "80200001", "eth1"],
        ["ff000000000000000000000000000000", "8", "0", "100", "1", "eth1"],
        ["0", "0", "0", "ffffffff", "200200", "lo"],
      ].map(([to, bits, by, metric, flags, device]) => [
        to,
        bits,
        "0",
        "0",
        by,
        metric,
        "1",
        "0",
        flags,
        device,
      ]),
    );
  });

  it("has the neighbours of IPv4", () => {
    expect(text(proc, "/net/arp")).toBe(
      `IP address       HW type     Flags       HW address            Mask     Device
10.130.0.1       0x1         0x2         02:42:0a:82:00:01     *        eth1
10.130.0.99      0x1         0x0         00:00:00:00:00:00     *        eth1
`,
    );
  });

  it("has the sockets, those that listen first, with addresses in the order of the machine", () => {
    const shown = (name: string) =>
      text(proc, `/net/${name}`)
        .trimEnd()
        .split("\n")
        .slice(1)
        .map((line) => line.trim().split(/ +/).slice(1, 5).join(" "));
    expect(shown("tcp")).toEqual([
      "0B00007F:B197 00000000:0000 0A 00000000:00000000",
      "0200820A:9C41 0300820A:0007 08 0000012C:00000000",
    ]);
    expect(shown("tcp6")).toEqual([
      `${"0".repeat(32)}:0050 ${"0".repeat(32)}:0000 0A 00000000:00000000`,
      "0000000000000000FFFF00000200820A:9C41 0000000000000000FFFF00000300820A:9C40 01 00000000:00000005",
    ]);
    expect(shown("udp")).toEqual(["0B00007F:A155 00000000:0000 07 00000000:00000000"]);
    expect(shown("raw")).toEqual([]);
    expect(
      text(proc, "/net/tcp")
        .split("\n")
        .slice(0, -1)
        .every((line) => line.length === 149),
    ).toBe(true);
  });

  it("asks anew at each reading", () => {
    now = { interfaces: [], routes: [], loopback6: false };
    expect(text(proc, "/net/if_inet6")).toBe("");
    expect(sys.list("/class/net")).toEqual(["lo"]);
    expect(text(proc, "/sys/net/ipv6/conf/lo/disable_ipv6")).toBe("1\n");
    now = namespace;
    expect(text(proc, "/sys/net/ipv6/conf/lo/disable_ipv6")).toBe("0\n");
  });

  it("has settings, of which some are changed", () => {
    expect(text(proc, "/sys/net/ipv4/ip_forward")).toBe("0\n");
    expect(text(proc, "/sys/net/core/somaxconn")).toBe("12\n");
    expect(text(proc, "/sys/kernel/hostname")).toBe("web\n");
    expect(text(proc, "/sys/net/ipv6/conf/eth0/disable_ipv6")).toBe("1\n");
    expect(text(proc, "/sys/net/ipv6/conf/eth1/disable_ipv6")).toBe("0\n");
  });

  it("has mounts, with spaces in octal, by way of the process that reads", () => {
    expect(proc.readlink("/mounts")).toBe("self/mounts");
    expect(text(proc, "/mounts")).toBe("/dev/sda1 /a\\040b ext4 rw,relatime 0 0\n");
  });

  it("has the machine", () => {
    expect(text(proc, "/uptime")).toBe("3600.05 7200.10\n");
    expect(text(proc, "/cpuinfo").match(/^processor\t: \d$/gm)).toHaveLength(2);
    expect(text(proc, "/meminfo")).toMatch(/^MemTotal: {8}1048576 kB\n/);
    expect(text(proc, "/1/cmdline")).toBe("/bin/sleep\x001000\x00");
    expect(text(proc, "/1/comm")).toBe("sleep\n");
    expect(text(proc, "/stat")).toBe(
      "cpu  0 0 0 720010 0 0 0 0 0 0\ncpu0 0 0 0 360005 0 0 0 0 0 0\ncpu1 0 0 0 360005 0 0 0 0 0 0\n",
    );
  });

  it("has the processes of the namespace, and leads each to itself", () => {
    expect(proc.list("/").filter((name) => /^\d/.test(name))).toEqual(["1", "9"]);
    expect(proc.readlink("/self")).toBe("1");
    expect(proc.with({ pid: 9 }).readlink("/self")).toBe("9");
    expect(text(proc.with({ pid: 9 }), "/self/comm")).toBe("sh\n");
    expect(proc.exists("/2")).toBe(false);
  });

  it("has who a process is and what it may do", () => {
    expect(text(proc, "/1/status")).toMatch(
      /^Name:\tsleep\nUmask:\t0022\nState:\tS \(sleeping\)\nTgid:\t1\n/,
    );
    expect(text(proc, "/1/status")).toMatch(/^Groups:\t0 10 $/m);
    expect(text(proc, "/1/status")).toMatch(/^CapEff:\t00000000a80425fb\nCapBnd:\t00000000a80425fb$/m);
    expect(text(proc, "/9/status")).toMatch(/^Uid:\t1000\t1000\t1000\t1000\nGid:\t100\t100\t100\t100$/m);
    expect(text(proc, "/9/status")).toMatch(/^CapEff:\t0000000000000000\nCapBnd:\t00000000a80425fb$/m);
    expect(proc.stat("/9/environ")).toMatchObject({ uid: 1000, gid: 100, mode: 0o400 });
    expect(text(proc, "/9/stat")).toMatch(/^9 \(sh\) S 1 9 1 34816 9 /);
    expect(text(proc, "/9/stat").split(" ")).toHaveLength(52);
    expect(text(proc, "/1/environ")).toBe("HOME=/root\0");
    expect(proc.readlink("/1/cwd")).toBe("/srv");
    expect(text(proc, "/1/limits")).toMatch(/^Max open files {12}1024 {17}unlimited {12}files {5}$/m);
    expect(text(proc, "/1/mountinfo")).toBe("110 109 8:1 / /a\\040b rw,relatime - ext4 /dev/sda1 rw\n");
  });

  it("has files of no size, that nobody changes", () => {
    expect(proc.stat("/net/dev")).toMatchObject({ size: 0, mode: 0o444, mtime: 5n });
    expect(proc.stat("/sys/net/ipv4/ip_forward").mode).toBe(0o644);
    expect(() => proc.write("/sys/net/ipv4/ip_forward", new Uint8Array())).toThrow("Read-only file system");
    expect(() => proc.content("/net/nope")).toThrow("No such file or directory");
    expect(() => proc.content("/net/dev/x")).toThrow("Not a directory");
  });
});

describe("/sys", () => {
  it("has the interfaces by way of their devices", () => {
    expect(sys.list("/class/net").toSorted()).toEqual(["eth0", "eth1", "lo"]);
    expect(sys.readlink("/class/net/eth0")).toBe("../../devices/virtual/net/eth0");
    const ofEth1 = ["address", "mtu", "operstate", "ifindex", "flags", "type"].map((name) =>
      text(sys, `/class/net/eth1/${name}`),
    );
    expect(ofEth1.join("")).toBe("02:42:0a:82:00:02\n1400\nup\n3\n0x1003\n1\n");
    const ofLo = ["address", "mtu", "operstate", "ifindex", "flags", "type"].map((name) =>
      text(sys, `/class/net/lo/${name}`),
    );
    expect(ofLo.join("")).toBe("00:00:00:00:00:00\n65536\nunknown\n1\n0x9\n772\n");
    expect(text(sys, "/class/net/eth0/statistics/rx_bytes")).toBe("736\n");
    expect(sys.stat("/class/net/eth0/mtu")).toMatchObject({ size: 4096, mode: 0o644 });
  });
});
