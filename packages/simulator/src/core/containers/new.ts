import type { Container, ContainerPaths, ContainerState } from "./container.js";

/** What create decides of a container; the rest starts out the same for all. */
export type NewContainer = Pick<
  Container,
  | "id"
  | "name"
  | "nameGenerated"
  | "created"
  | "config"
  | "hostConfig"
  | "imageId"
  | "path"
  | "args"
  | "endpoints"
>;

export const noPaths: ContainerPaths = { owner: "", network: false, hostname: false, log: false };

export function newContainer(given: NewContainer): Container {
  const state: ContainerState = {
    status: "created",
    pid: 0,
    exitCode: 0,
    error: "",
    startedAt: 0n,
    finishedAt: 0n,
    stoppedByHand: false,
    restartsOff: false,
    restartDelay: 0,
  };
  return {
    ...given,
    state,
    restartCount: 0,
    links: null,
    sandbox: null,
    execIds: null,
    paths: noPaths,
    listed: null,
  };
}
