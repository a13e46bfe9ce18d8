// The value of `--gpus`: `all`, a number, or fields such as `"device=0,1",capabilities=utility`.
import { FlagValueError } from "../command/errors.js";
import { readCsv } from "../command/flags.js";
import { labelsOf } from "../command/pairs.js";

/** What the engine is asked for: some GPUs, or those with these ids. */
export interface GpuRequest {
  readonly Driver: string;
  /** How many; -1 means all. */
  readonly Count: number;
  readonly DeviceIDs: string[] | null;
  readonly Capabilities: string[][];
  readonly Options: Record<string, string>;
}

/** Reads one value. @throws {FlagValueError} */
export function readGpus(value: string): GpuRequest {
  const given = new Map<string, string>();
  for (const field of readCsv(value)) {
    const equals = field.indexOf("=");
    const [key, text] = equals < 0 ? ["count", field] : [field.slice(0, equals), field.slice(equals + 1)];
    if (given.has(key)) throw new FlagValueError(`gpu request key '${key}' can be specified only once`);
    if (!keys.includes(key)) throw new FlagValueError(`unexpected key '${key}' in '${field}'`);
    given.set(key, text);
  }
  const count = given.get("count");
  const ids = given.get("device");
  const capabilities = given.get("capabilities");
  const unlessNamed = ids === undefined ? 1 : 0;
  return {
    Driver: given.get("driver") ?? "",
    Count: count === undefined ? unlessNamed : countOf(count),
    DeviceIDs: ids?.split(",") ?? null,
    Capabilities: [capabilities === undefined ? ["gpu"] : [...capabilities.split(","), "gpu"]],
    Options: labelsOf(readCsv(given.get("options") ?? "")),
  };
}

const keys = ["capabilities", "count", "device", "driver", "options"];

function countOf(text: string): number {
  if (text === "all") return -1;
  if (!/^[+-]?\d+$/.test(text)) throw new FlagValueError("count must be an integer");
  return Number(text);
}
