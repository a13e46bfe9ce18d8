import type { ContainerCreateRequest } from "@dryharbor/sdk/port";
import { type CommitRequest, commitContainer, readCommitName } from "../core/containers/commit.js";
import { hasConfig } from "../core/containers/config.js";
import { findContainer } from "../core/containers/find.js";
import { validateModes } from "../core/containers/validate.js";
import type { Session } from "./session.js";

/** What `POST /commit` asks for. */
export interface CommitCall extends Required<Omit<CommitRequest, "config">> {
  readonly container: string;
  readonly pause: boolean;
  readonly config: ContainerCreateRequest | null;
}

/** `POST /commit`, with the container paused meanwhile where that is wanted. Gives the image's id. */
export function commit({ daemon, runtime }: Session, asked: CommitCall): { Id: string } {
  const { config, repo, tag } = asked;
  if (config) validateModes(daemon, config);
  if (daemon.release.images.commitReadsNameFirst) readCommitName(daemon, { repo, tag });
  const container = findContainer(daemon, asked.container);
  const pauses = asked.pause && container.state.status === "running";
  if (pauses) runtime.pause(container);
  try {
    const request = { ...asked, config: config && hasConfig(config) ? config : null };
    return { Id: commitContainer(daemon, container, request).id };
  } finally {
    if (pauses) runtime.unpause(container);
  }
}
