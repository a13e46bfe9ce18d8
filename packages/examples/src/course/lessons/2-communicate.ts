import { doesNotPrint, pinged, prints } from "../checks.js";
import { classicSteps } from "../classic.js";
import type { Lesson } from "../lesson.js";

export const communicate: Lesson = {
  title: "Network communication",
  about:
    "Nothing about other containers is in the environment or the hosts file: names come from the embedded DNS at 127.0.0.11.",
  steps: classicSteps("network-communication", [
    [
      doesNotPrint("the environment has no addresses of other containers", /_PORT=|_TCP=|redis/i),
      prints("HOSTNAME is a short id", /^HOSTNAME=[0-9a-f]{12}$/m),
    ],
    [
      doesNotPrint("redis is not in it", /redis/),
      prints("its own address and host name are in it", /^\d+\.\d+\.\d+\.\d+\t[0-9a-f]{12}$/m),
    ],
    [prints("names are asked of 127.0.0.11", /^nameserver 127\.0\.0\.11$/m)],
    [pinged("redis", "backend-network")],
    [pinged("redis", "backend-network")],
  ]),
};
