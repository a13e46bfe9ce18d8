import type { Container, ContainerPaths, ContainerState } from "./container.js";

/** The properties of a container that create determines. All others start with the same values. */
export type NewContainer = Pick<
  Container,
  | "id"
  | "name"
  | "nameGenerated"
  | "created"
  | "config"
  | "hostConfig"
  | "image"
  | "base"
  | "path"
  | "args"
  | "endpoints"
>;

const noPaths: ContainerPaths = { owner: "", joinedSandbox: "", network: false, hostname: false, log: false };

/** Makes a container that has never run. */
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
    health: null,
  };
  // Field by field: JavaScript engines give each object from a spread a shape of its own, which costs as much
  // as the rest.
  return {
    id: given.id,
    name: given.name,
    nameGenerated: given.nameGenerated,
    created: given.created,
    config: given.config,
    hostConfig: given.hostConfig,
    image: given.image,
    base: given.base,
    layer: null,
    path: given.path,
    args: given.args,
    state,
    restartCount: 0,
    endpoints: given.endpoints,
    mounts: null,
    devices: null,
    tmpfs: null,
    bound: null,
    links: null,
    sandbox: null,
    etc: null,
    execIds: null,
    paths: noPaths,
    listed: null,
  };
}
