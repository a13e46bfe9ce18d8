import type { Daemon } from "../daemon.js";
import { localDriver } from "./volume.js";

/** Emits an event of a volume with `extra` attributes. */
export function emitVolumeEvent(
  daemon: Daemon,
  name: string,
  action: "create" | "destroy" | "mount" | "unmount",
  {
    container,
    ...extra
  }: { readonly container?: string; readonly destination?: string } & Readonly<Record<string, string>> = {},
): void {
  daemon.touched?.volumes.add(name);
  const attributes = { ...extra, ...(container !== undefined && { container }), driver: localDriver };
  daemon.events.emit(() => ({
    Type: "volume",
    Action: action,
    Actor: { ID: name, Attributes: attributes },
  }));
}
