import type { ImageDefinitions } from "./definition.js";

const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The images of an engine for which none were defined. */
export const defaultImages: ImageDefinitions = {
  "busybox:latest": {
    base: "busybox",
    config: { Env: [path], Cmd: ["sh"] },
    size: 4_269_694,
    created: "2024-09-26T21:31:42Z",
  },
  "alpine:latest": {
    base: "alpine",
    config: { Env: [path], Cmd: ["/bin/sh"], WorkingDir: "/" },
    size: 8_309_109,
    created: "2025-07-15T11:01:15Z",
  },
};
