// The value of `--volume`: `[source:]target[:options]`.
import { CommandError } from "../command/errors.js";
import type { Release } from "../releases.js";

/** Reads one. The source is empty where there is none. @throws {CommandError} from 26.1 on */
export function readVolume(value: string, release: Release): { readonly source: string } {
  if (value === "") return refused("invalid empty volume spec", release);
  if (value.length <= 2) return { source: "" };
  const parts = sectionsOf(value);
  if (parts.includes("")) return refused(`invalid spec: ${value}: empty section between colons`, release);
  if (parts.length > 3) return refused(`invalid spec: ${value}: too many colons`, release, parts[0]);
  return { source: parts.length > 1 ? (parts[0] as string) : "" };
}

/** What stands between the colons. One behind a single letter is none, since that is a drive of Windows. */
function sectionsOf(value: string): string[] {
  const sections: string[] = [];
  for (const part of value.split(":")) {
    const before = sections.at(-1);
    if (before !== undefined && /^[a-zA-Z]$/.test(before))
      sections[sections.length - 1] = `${before}:${part}`;
    else sections.push(part);
  }
  return sections;
}

/** 20.10 leaves it to the engine to refuse. */
function refused(why: string, release: Release, source = ""): { readonly source: string } {
  if (release.name !== "20.10") throw new CommandError(why);
  return { source };
}

/** Whether a source is a path, and not the name of a volume. */
export function isPath(source: string): boolean {
  return /^[./~]/.test(source);
}
