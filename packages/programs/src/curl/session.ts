import type { ProcessContext } from "@dryharbor/kernel";
import type { Build } from "./build.js";
import type { Connector } from "./connecting.js";
import type { CookieJar } from "./cookies.js";
import type { LinkPool } from "./link.js";
import type { Output } from "./output.js";

/** What all transfers of one curl share. */
export interface Session {
  readonly process: ProcessContext;
  readonly build: Build;
  readonly output: Output;
  readonly connector: Connector;
  readonly pool: LinkPool;
  readonly jar: CookieJar;
}
