import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";

type Options = Readonly<Record<string, string>>;

const known: readonly string[] = ["type", "o", "device", "size"];

/** Options that require another option. */
const needs = [
  ["device", "type"],
  ["type", "device"],
  ["o", "device"],
  ["o", "type"],
] as const;

/**
 * Checks the options of the local driver. The device that they would mount is not checked.
 *
 * @throws 400; 500 on 20.10 for a size that does not parse
 */
export function checkOptions({ release }: Daemon, name: string, options: Options): void {
  const refuse = (message: string, status = 400) => engineError(status, `create ${name}: ${message}`);
  for (const option of Object.keys(options)) {
    if (!known.includes(option)) throw refuse(`invalid option: ${JSON.stringify(option)}`);
  }
  const { volumes: rows } = release;
  if (
    rows.refusesPortOfShare &&
    options.type === "cifs" &&
    /^\/\/[^/]*:\d+(\/|$)/.test(options.device ?? "")
  ) {
    throw refuse("port not allowed in CIFS device URL, include 'port' in 'o='");
  }
  if (options.size !== undefined) {
    const bytes = readSize(options.size);
    if (typeof bytes === "string") {
      throw refuse(rows.tellsOfBadSuffix ? bytes : `invalid size: '${options.size}'`, rows.badSizeStatus);
    }
    if (bytes > 0) throw refuse("quota size requested but no quota support");
  }
  for (const [option, other] of needs) {
    if (Object.hasOwn(options, option) && !Object.hasOwn(options, other)) {
      throw refuse(`missing required option: ${JSON.stringify(other)}`);
    }
  }
}

/** Parses a size as docker/go-units does, without the unit's factor, or returns the problem. */
function readSize(text: string): number | string {
  const [, number, suffix = ""] = /^(\d[\d.]*) ?([^\d.]*)$/.exec(text) ?? [];
  if (number === undefined || Number.isNaN(Number(number))) return `invalid size: '${text}'`;
  return /^([kmgtp]i?b?|b)?$/i.test(suffix) ? Number(number) : `invalid suffix: '${suffix.toLowerCase()}'`;
}
