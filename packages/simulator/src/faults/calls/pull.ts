// A pull whose progress a fault breaks off or lets stall: the image is not there before the pull has gone on.

import type { PullProgress } from "@dryharbor/sdk/port";
import type { Daemon } from "../../core/daemon.js";
import { pullImage } from "../../core/images/pull.js";
import type { CallFault } from "../fault.js";
import type { Subject } from "./subject.js";

/** Returns whether a fault holds a pull up before its end. */
export function holdsPull({ call }: Subject, { stream }: CallFault): boolean {
  return call === "images.pull" && stream !== undefined && stream.does !== "repeat";
}

/** Returns what a pull would tell, without doing it. @throws {EngineError} as the pull would */
export function stepsOfPull(daemon: Daemon, { query }: Subject): readonly PullProgress[] {
  const { fromImage: name = "", tag = "", platform = "" } = query;
  const images = { ...daemon.images, add: () => {}, refer: () => {} };
  const events = { ...daemon.events, emit: () => {} };
  return pullImage({ ...daemon, images, events }, { name, tag, platform }).steps;
}
