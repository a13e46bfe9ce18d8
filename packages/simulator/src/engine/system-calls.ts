import type { System } from "@dryharbor/sdk/port";
import { logIn } from "../core/images/login.js";
import { showDiskUsage } from "../core/system/disk-usage.js";
import { showInfo } from "../core/system/info.js";
import { showPing } from "../core/system/ping.js";
import { showVersion } from "../core/system/version.js";
import { login } from "../requests/bodies/auth.js";
import { readValue } from "../requests/body.js";
import type { Session } from "./session.js";

/** Makes the calls that tell of the engine as a whole. */
export function systemCalls(session: Session): System {
  const { daemon, apiVersion } = session;
  return {
    ping: (options) =>
      session.call(options, () => {
        const { ApiVersion, OSType, Experimental, BuilderVersion } = showPing(daemon);
        return { ApiVersion, OSType, Experimental, BuilderVersion };
      }),
    version: (options) => session.call(options, () => showVersion(daemon)),
    info: (options) => session.call(options, () => showInfo(daemon, apiVersion)),
    df: (options) => session.call(options, () => showDiskUsage(daemon, options?.type ?? [], apiVersion)),
    auth: (request, options) =>
      session.call(options, () => logIn(daemon, readValue(daemon.release, login, request))),
  };
}
