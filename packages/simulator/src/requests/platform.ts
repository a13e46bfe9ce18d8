import { engineError } from "@dryharbor/sdk/port";
import type { Platform } from "../core/images/platform.js";
import { decode, JsonTypeError } from "../core/json/decode.js";
import { list, struct, text } from "../core/json/shape.js";
import { JsonSyntaxError, NoJsonError, parseWholeJson } from "../core/json/syntax.js";
import type { Release } from "../core/releases/release.js";

const shape = struct("v1.Platform", {
  architecture: text(),
  os: text(),
  "os.version": text(),
  "os.features": list(text()),
  variant: text(),
});

interface Given {
  readonly architecture?: string;
  readonly os?: string;
  readonly variant?: string;
  readonly "os.version"?: string;
  readonly "os.features"?: readonly string[] | null;
}

/**
 * Reads a platform given as JSON, as newer routes take it: `{"os":"linux","architecture":"arm64"}`.
 *
 * @throws {EngineError} 400: the text is not a platform
 */
export function readPlatform(release: Release, given: string): Platform {
  const { os = "", architecture = "", variant = "", ...more } = decoded(release, given);
  const optional = variant !== "" || more["os.version"] || (more["os.features"] ?? []).length > 0;
  if (os === "" && architecture === "" && optional) {
    throw engineError(400, "optional platform fields provided, but OS and Architecture are missing");
  }
  if (os === "" || architecture === "") {
    throw engineError(400, "both OS and Architecture must be provided");
  }
  return { os, architecture, variant };
}

function decoded({ requests }: Release, given: string): Given {
  const { syntax, types } = requests.decoder;
  try {
    const tree = parseWholeJson(new TextEncoder().encode(given), syntax);
    return (decode(tree, shape, "Platform", types) ?? {}) as Given;
  } catch (error) {
    const known =
      error instanceof JsonSyntaxError || error instanceof JsonTypeError || error instanceof NoJsonError;
    throw known ? engineError(400, `failed to parse platform: ${error.message}`) : error;
  }
}
