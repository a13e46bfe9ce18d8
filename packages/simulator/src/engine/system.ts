import type { System } from "@dryharbor/sdk/port";
import { showInfo } from "../core/system/info.js";
import { showPing } from "../core/system/ping.js";
import { showVersion } from "../core/system/version.js";
import type { Session } from "./session.js";

export function simulatedSystem(session: Session): System {
  const { daemon, apiVersion } = session;
  return {
    ping: (options) =>
      session.call(options, () => {
        const { ApiVersion, OSType, Experimental, BuilderVersion } = showPing(daemon);
        return { ApiVersion, OSType, Experimental, BuilderVersion };
      }),
    version: (options) => session.call(options, () => showVersion(daemon)),
    info: (options) => session.call(options, () => showInfo(daemon, apiVersion)),
  };
}
