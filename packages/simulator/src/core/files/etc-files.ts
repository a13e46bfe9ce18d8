import type { FileSystem, Tree } from "@dryharbor/kernel/host";
import type { Container } from "../containers/container.js";

/**
 * The state of the files that the engine writes for a container and mounts in it. A container that joins its network
 * namespace gets the same files, and keeps them when the other container is removed.
 */
export interface EtcFiles {
  /** The container whose settings they are made of. */
  readonly container: Container;
  /** /etc/hosts as the engine wrote it. The text is state, because the engine edits the file in place. */
  hosts: string;
  /** The lines of /etc/hosts above the container's own, as they were written last. */
  firstHosts: string;
  /**
   * What wrote /etc/resolv.conf last.
   *
   * - `initial`: the start of a container without any network.
   * - `legacy`: a predefined network.
   * - `embedded`: a user-defined network.
   */
  resolver: "initial" | "legacy" | "embedded";
  /** Whether IPv6 was available when resolv.conf was written last. */
  resolverHasIPv6: boolean;
  /** Whether the namespace has the embedded resolver: from the first user-defined network on, for one run. */
  embedded: boolean;
  /** Whether another container has had them. */
  shared: boolean;
  /** The files with what processes have made of them; `null` as long as they are as the engine wrote them. */
  written: FileSystem | null;
}

/** One of the files, and its inode where they are written to. */
export const etcInodes = { hosts: 1, hostname: 2, "resolv.conf": 3 } as const;

export type EtcName = keyof typeof etcInodes;

/** A file system of which nothing leads to the three files: each is mounted by itself. */
export const etcTree: Tree = { inodes: new Map(), next: 4 };

/** The files of a container that is being started for the first time. */
export function newEtcFiles(container: Container): EtcFiles {
  return {
    container,
    hosts: "",
    firstHosts: "",
    resolver: "initial",
    resolverHasIPv6: false,
    embedded: false,
    shared: false,
    written: null,
  };
}

/** Returns the text of a file if a process has changed one of the three; else `undefined`. */
export function writtenText({ written }: EtcFiles, name: EtcName): string | undefined {
  const inode = written?.get(etcInodes[name]);
  return inode?.type === "file" ? new TextDecoder().decode(inode.content) : undefined;
}

/** Writes a file anew, if a process has changed one of the three. Its mode and owner stay. */
export function overwrite({ written }: EtcFiles, name: EtcName, text: string, now: bigint): void {
  const number = etcInodes[name];
  const inode = written?.get(number);
  if (inode?.type !== "file") return;
  written?.put(number, { ...inode, content: new TextEncoder().encode(text), mtime: now });
}
