import type { ContainerSummary } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import type { Daemon } from "../daemon.js";
import { manifestDescriptor } from "../images/content.js";
import type { Container } from "./container.js";

/** Shows the manifest of the image, from API 1.48 on, with the name that the image came with. */
export function showManifest(
  daemon: Daemon,
  { image, imageCameAs }: Container,
  apiVersion: string | undefined,
): Pick<ContainerSummary, "ImageManifestDescriptor"> {
  if (!image || !daemon.release.images.storesContent || isOlder(apiVersion, "1.48")) return {};
  return { ImageManifestDescriptor: manifestDescriptor(daemon, image, imageCameAs) };
}
