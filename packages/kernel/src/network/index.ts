// The entry `@dryharbor/kernel/network`: sockets, and what is mounted on /proc and /sys. It is an entry of its own, so
// that it need not be loaded before a process runs.
export { seenNetwork } from "../proc/network.js";
export { procFiles } from "../proc/proc.js";
export { sysFiles } from "../proc/sys.js";
export { ProcessNetwork } from "../processes/process-network.js";
export { IcmpPort } from "./icmp-socket.js";
export { NetworkStack, type StackOptions } from "./stack.js";
export { connectTcp } from "./tcp-connect.js";
export { TcpListener } from "./tcp-listener.js";
export type { TcpSocket } from "./tcp-socket.js";
export { UdpPort } from "./udp-socket.js";
