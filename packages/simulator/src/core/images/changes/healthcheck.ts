import { engineError, type Healthcheck } from "@dryharbor/sdk/port";
import type { Release } from "../../releases/release.js";
import { parseDuration } from "./duration.js";
import { type Instruction, jsonWords } from "./instruction.js";

/** The fields of a health check by the flags that set them. */
const durations: Readonly<Record<string, string>> = {
  interval: "Interval",
  timeout: "Timeout",
  "start-period": "StartPeriod",
  "start-interval": "StartInterval",
};

/** Parses a `HEALTHCHECK` instruction. @throws 400 */
export function healthcheck(images: Release["images"], { rest, flags }: Instruction): Healthcheck {
  const [, kind = "", text = ""] = /^(\S*)\s*(.*)$/s.exec(rest) ?? [];
  if (kind === "") throw engineError(400, "HEALTHCHECK requires at least one argument");
  const settings = Object.fromEntries(flags.map((flag) => setting(images, flag)));
  const type = kind.toUpperCase();
  if (type === "NONE") return { Test: ["NONE"] };
  if (type !== "CMD") {
    throw engineError(400, `Unknown type ${JSON.stringify(type)} in HEALTHCHECK (try CMD)`);
  }
  if (text === "") throw engineError(400, "Missing command after HEALTHCHECK CMD");
  const words = jsonWords(text);
  return { Test: words ? ["CMD", ...words] : ["CMD-SHELL", text], ...settings };
}

function setting(images: Release["images"], flag: string): readonly [string, number] {
  const [, name = "", value = ""] = /^--([^=]*)=?(.*)$/s.exec(flag) ?? [];
  const field = durations[name];
  if (field !== undefined && (name !== "start-interval" || images.knowsStartInterval)) {
    const duration = parseDuration(value);
    if (duration === undefined) {
      throw engineError(400, `time: invalid duration ${JSON.stringify(value)}`);
    }
    return [field, duration];
  }
  if (name === "retries" && /^\d+$/.test(value)) return ["Retries", Number(value)];
  throw engineError(400, images.unknownFlag(flag));
}
