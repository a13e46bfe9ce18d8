import type { VolumeCreateRequest } from "@dryharbor/sdk/port";
import { everyRelease } from "../../core/json/every-release.js";
import { map, struct, text } from "../../core/json/shape.js";
import type { Body } from "../body.js";

export const volumeCreate: Body<VolumeCreateRequest> = {
  reading: "json",
  shape: everyRelease((pick) =>
    struct(
      pick("volume.VolumeCreateBody", "volume.CreateOptions", "volume.CreateOptions", "volume.CreateRequest"),
      {
        Driver: text(),
        DriverOpts: map(text()),
        Labels: map(text()),
        Name: text(),
      },
    ),
  ),
};
