import type { ImageProgress } from "@dryharbor/sdk/port";
import { isOlder } from "../core/api-version.js";
import type { Archive } from "../core/archive/archive.js";
import { type ImportRequest, importImage } from "../core/images/import.js";
import type { Session } from "./session.js";
import type { Told } from "./told.js";

/** `POST /images/create?fromSrc=-`: what it tells is the image's id. API versions before 1.32 know no platform. */
export function importFrom(
  { daemon, apiVersion }: Session,
  archive: Archive,
  { platform = "", ...request }: ImportRequest,
): Told<ImageProgress> {
  const wanted = isOlder(apiVersion, "1.32") ? "" : platform;
  return { steps: [{ status: importImage(daemon, archive, { ...request, platform: wanted }).id }] };
}
