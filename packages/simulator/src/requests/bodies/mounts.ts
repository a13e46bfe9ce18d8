import { everyRelease } from "../../core/json/every-release.js";
import { bool, int, list, map, pointer, type Shape, struct, text, uint } from "../../core/json/shape.js";

/** An entry of `HostConfig.Mounts`. */
export const mount = everyRelease((pick) => {
  const from26 = <T>(shape: T) => pick<T | undefined>(undefined, shape, shape);
  const from28 = <T>(shape: T) => pick<T | undefined>(undefined, undefined, shape);
  return struct("mount.Mount", {
    Type: text("mount.Type"),
    Source: text(),
    Target: text(),
    ReadOnly: bool,
    Consistency: text("mount.Consistency"),
    BindOptions: pointer(
      struct("mount.BindOptions", {
        Propagation: text("mount.Propagation"),
        NonRecursive: bool,
        CreateMountpoint: from26(bool),
        ReadOnlyNonRecursive: from26(bool),
        ReadOnlyForceRecursive: from26(bool),
      }),
    ),
    VolumeOptions: pointer(
      struct("mount.VolumeOptions", {
        NoCopy: bool,
        Labels: map(text()),
        Subpath: from26(text()),
        DriverConfig: pointer(struct("mount.Driver", { Name: text(), Options: map(text()) })),
      }),
    ),
    ImageOptions: from28<Shape>(pointer(struct("mount.ImageOptions", { Subpath: text() }))),
    TmpfsOptions: pointer(
      struct("mount.TmpfsOptions", {
        SizeBytes: int(),
        Mode: uint(32, "fs.FileMode"),
        Options: from28(list(list(text()))),
      }),
    ),
    ClusterOptions: from26<Shape>(pointer(struct("mount.ClusterOptions", {}))),
  });
});
