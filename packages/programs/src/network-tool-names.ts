/**
 * The names of the network tools beyond BusyBox's. They are in the images that have them, and in no other. What
 * BusyBox has under the same name is named after the package that it comes from.
 */
export const networkToolNames = ["bind-nslookup", "dig", "host", "ss", "tcpdump"] as const;

export type NetworkToolName = (typeof networkToolNames)[number];
