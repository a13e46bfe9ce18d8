// The entry `@dryharbor/lessons/content`: the levels, in the order in which they are best played. Each is a file of
// `levels/`. It is an entry of its own, so that a page can load the texts when somebody opens a lesson.

import type { Level } from "../level/level.js";
import { readLevel } from "../level/read-level.js";
import aFixedAddress from "./levels/a-fixed-address.json";
import addressesMove from "./levels/addresses-move.json";
import aliasAndLink from "./levels/alias-and-link.json";
import connectTwoContainers from "./levels/connect-two-containers.json";
import containerPortAndHostPort from "./levels/container-port-and-host-port.json";
import createANetwork from "./levels/create-a-network.json";
import createAliases from "./levels/create-aliases.json";
import defaultBridgeHasNoNames from "./levels/default-bridge-has-no-names.json";
import disconnect from "./levels/disconnect.json";
import exposeAndPublish from "./levels/expose-and-publish.json";
import firstSteps from "./levels/first-steps.json";
import hasActiveEndpoints from "./levels/has-active-endpoints.json";
import hostAndNone from "./levels/host-and-none.json";
import internalNetworks from "./levels/internal-networks.json";
import ipv6 from "./levels/ipv6.json";
import localhostInAContainer from "./levels/localhost-in-a-container.json";
import namesOfAContainer from "./levels/names-of-a-container.json";
import networkCommunication from "./levels/network-communication.json";
import networkOfAContainer from "./levels/network-of-a-container.json";
import noMoreAddressPools from "./levels/no-more-address-pools.json";
import portIsAlreadyAllocated from "./levels/port-is-already-allocated.json";
import reachingTheHost from "./levels/reaching-the-host.json";
import severalHoldersOfOneAlias from "./levels/several-holders-of-one-alias.json";
import twoComposeProjects from "./levels/two-compose-projects.json";

/** Levels that belong together. */
export interface Chapter {
  readonly title: string;
  readonly about: string;
  readonly levels: readonly Level[];
}

/** All levels, by chapters. */
export const chapters: readonly Chapter[] = withNext([
  {
    title: "Start here",
    about: "How the prompt, the picture and the levels work.",
    levels: [firstSteps].map(readLevel),
  },
  {
    title: "The course",
    about:
      "The classic course of Docker networks, word for word. Each part begins where the one before has ended.",
    levels: [createANetwork, networkCommunication, connectTwoContainers, createAliases, disconnect].map(
      readLevel,
    ),
  },
  {
    title: "What one trips over",
    about: "Mistakes that everybody makes once. Each level stands by itself.",
    levels: [
      localhostInAContainer,
      defaultBridgeHasNoNames,
      containerPortAndHostPort,
      exposeAndPublish,
      namesOfAContainer,
      aliasAndLink,
      severalHoldersOfOneAlias,
      twoComposeProjects,
      hasActiveEndpoints,
      noMoreAddressPools,
      portIsAlreadyAllocated,
      aFixedAddress,
      internalNetworks,
      hostAndNone,
      networkOfAContainer,
      reachingTheHost,
      ipv6,
      addressesMove,
    ].map(readLevel),
  },
]);

/** All levels in order. */
export const levels: readonly Level[] = chapters.flatMap((chapter) => chapter.levels);

/** Finds a level by its id, or by its number in {@link levels}, from 1. */
export function findLevel(idOrNumber: string): Level | undefined {
  return (
    levels.find(({ id }) => id === idOrNumber) ??
    (/^\d+$/.test(idOrNumber) ? levels[Number(idOrNumber) - 1] : undefined)
  );
}

/** Levels that name none lead to the one after them. */
function withNext(given: readonly Chapter[]): Chapter[] {
  const ids = given.flatMap((chapter) => chapter.levels.map(({ id }) => id));
  return given.map((chapter) => ({
    ...chapter,
    levels: chapter.levels.map((level) => {
      const next = level.next ?? ids[ids.indexOf(level.id) + 1];
      return next === undefined ? level : { ...level, next };
    }),
  }));
}
