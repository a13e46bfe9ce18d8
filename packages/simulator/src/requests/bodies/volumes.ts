import type { VolumeCreateRequest } from "@dryharbor/sdk/port";
import { type Body, everyRelease } from "../body.js";
import { map, struct, text } from "../shape.js";

export const volumeCreate: Body<VolumeCreateRequest> = {
  reading: "json",
  shape: everyRelease((pick) =>
    struct(pick("volume.VolumeCreateBody", "volume.CreateOptions", "volume.CreateOptions"), {
      Driver: text(),
      DriverOpts: map(text()),
      Labels: map(text()),
      Name: text(),
    }),
  ),
};
