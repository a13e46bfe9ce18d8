// By what a file is known to the cache: a sum over its tar header, without the time, and its content. It is Docker's
// "tarsum v1", which all releases have, so that history shows the same digits.

import { sha256 } from "@dryharbor/kernel";
import { type TarEntry, typeFlags } from "@dryharbor/kernel/tar";

/** What a file is known by. Names of its owner count only for a file of an image. */
export type Summed = Omit<TarEntry, "userName" | "groupName" | "mtime"> & {
  readonly userName?: string;
  readonly groupName?: string;
};

/** Returns the sum of a file as 64 digits. */
export function sumOf(entry: Summed): string {
  const head = [
    `name${entry.name}`,
    `mode${entry.mode}`,
    `uid${entry.uid}`,
    `gid${entry.gid}`,
    `size${entry.content.length}`,
    `typeflag${typeFlags[entry.type]}`,
    `linkname${entry.linkName}`,
    `uname${entry.userName ?? ""}`,
    `gname${entry.groupName ?? ""}`,
    `devmajor${entry.major}`,
    `devminor${entry.minor}`,
  ].join("");
  const text = new TextEncoder().encode(head);
  const whole = new Uint8Array(text.length + entry.content.length);
  whole.set(text);
  whole.set(entry.content, text.length);
  return digits(whole);
}

/** Returns the sum of several. */
export function sumOfAll(prefix: "multi" | "dir", sums: readonly string[]): string {
  return `${prefix}:${digits(new TextEncoder().encode(sums.join(",")))}`;
}

function digits(data: Uint8Array): string {
  return [...sha256(data)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
