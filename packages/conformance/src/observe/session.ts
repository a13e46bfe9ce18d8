// A session: runs the commands of a sequence on one engine, and after each one observes everything that can
// be seen of it. `run/sequence.ts` opens one for each of the two engines.

import {
  type ContainerInspect,
  type ContainerSummary,
  type EndpointSettings,
  type Engine,
  EngineError,
  type EngineEvent,
  type NetworkInspect,
} from "@dryharbor/sdk/port";
import type { Command } from "../commands/command.js";
import { ids } from "../commands/ids.js";
import { openWaits } from "../commands/open-waits.js";
import type { Outcome } from "../commands/outcome.js";
import { createdName, nameless, perform } from "../commands/perform.js";
import { normaliseEvents } from "../normalise/events.js";
import { byText, normalise } from "../normalise/normalise.js";
import { normaliseOutcome, ordered } from "../normalise/outcome.js";
import { symbols } from "../normalise/symbols.js";
import { recordEvents } from "./events.js";
import { type Question, questions } from "./questions.js";
import { listening, settle } from "./settle.js";
import { type Target, targets } from "./targets.js";

/**
 * All that can be seen of an engine after a command. Values that each engine makes up (ids, times) are
 * symbols. One entry is one comparison.
 *
 * @example
 * { "outcome": …, "events": …, "network alpha": …, "container web": …, "wait 1": …,
 *   "dns in web: A db": "found 10.30.0.2" }
 */
export type Observation = Readonly<Record<string, unknown>>;

/** One engine in one sequence: runs commands and returns observations. */
export interface Session {
  /** Observes the engine before the first command. */
  begin(): Promise<Observation>;
  /** Runs one command and observes the engine. */
  step(command: Command): Promise<Observation>;
  /** Closes the stream of events and the open waits. The engine stays as it is. */
  close(): void;
}

/** At every how many steps traffic is tried. What is dropped takes time. */
const trafficEvery = 3;

/** Starts a session on an engine that is empty. */
export async function openSession(engine: Engine): Promise<Session> {
  const known = ids();
  const names = symbols();
  // Errors and paths name the engine's directory, also before there is a container.
  names.learnText(String((await engine.system.info()).DockerRootDir), "data root");
  const events = await recordEvents(engine);
  const waits = openWaits(engine);
  const pastNames = new Set<string>();
  let steps = 0;

  async function observe(command?: Command, outcome?: Outcome): Promise<Observation> {
    steps++;
    const seen: Record<string, unknown> = {};
    const containers = (await settle(engine)).reverse();
    const listed = await engine.networks.list();
    const networks = await Promise.all(listed.map(({ Id }) => engine.networks.inspect(Id)));
    networks.sort((one, other) => byText(one.Name, other.Name));
    learn(containers, networks);
    networks.sort((one, other) => names.orderOf(one.Id) - names.orderOf(other.Id));

    if (command && outcome) seen.outcome = normaliseOutcome(command, outcome, names);
    for (const container of containers) {
      seen[`container ${names.nameOf(container.Id)}`] = normalise(container, names);
    }
    for (const network of networks) seen[`network ${names.nameOf(network.Id)}`] = normalise(network, names);
    seen["list of networks"] = ordered("networks.list", normalise(listed, names) as unknown[]);
    seen["list of containers"] = normalise(await listLike(engine, containers), names);

    const running = containers.filter(({ State }) => State.Running);
    const prunes = command?.call === "networks.prune" && outcome && "answer" in outcome ? 1 : 0;
    const since = await events.take(new Set(running.map(({ Id }) => Id)), prunes);
    if (command && outcome) learnUnmade(command, outcome, since);
    if (command) seen.events = normaliseEvents(since, names);
    for (const { number, command, outcome } of await waits.ended(since)) {
      seen[`wait ${number}`] = normaliseOutcome(command, outcome, names);
    }

    const asked = questions(containers, networks, pastNames, steps, names.text);
    for (const answers of await Promise.all(running.map(({ Id }) => ask(Id, asked))))
      Object.assign(seen, answers);
    if (steps % trafficEvery === 0) {
      const tried = targets(running, steps, names.text);
      // A paused server takes connections until as many wait as its backlog says: whose they are depends on the order.
      const inTurn = running.some(({ Path, State }) => State.Paused && listening.has(Path));
      if (inTurn) for (const { Id } of running) Object.assign(seen, await reach(Id, tried));
      else Object.assign(seen, ...(await Promise.all(running.map(({ Id }) => reach(Id, tried)))));
    }
    // Names may have been asked by a container of our own, whose events are dropped here.
    await events.take(new Set(running.map(({ Id }) => Id)), 0);
    return seen;
  }

  async function ask(id: string, asked: readonly Question[]): Promise<Record<string, string>> {
    const place = `dns in ${names.nameOf(id)}`;
    const queries = asked.map(({ query }) => query);
    try {
      const answers = await engine.dns.resolveAll(id, queries);
      return Object.fromEntries(
        answers.map(({ status, records }, index) => {
          const answer = [status, ...ordered("dns.resolve", records.map(names.text))].join(" ");
          return [`${place}: ${names.text(asked[index]!.label)}`, answer];
        }),
      );
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return { [place]: names.text(error.message) };
    }
  }

  /** Gives names to ids, in an order that is the same on every engine. */
  function learn(containers: readonly ContainerInspect[], networks: readonly NetworkInspect[]): void {
    for (const { Id, Name } of networks) names.learnId(Id, Name);
    for (const { Id, Name, Image } of containers) {
      names.learnId(Image.replace("sha256:", ""), "image");
      names.learnId(Id, Name.slice(1));
      pastNames.add(Name.slice(1));
    }
    for (const { Id, NetworkSettings } of containers) {
      const name = names.nameOf(Id)!;
      names.learnId(NetworkSettings.SandboxID, `sandbox of ${name}`);
      // The key is the network's id or its name.
      const endpoints = Object.entries(NetworkSettings.Networks).map(
        ([network, { EndpointID }]) => [names.text(network), EndpointID] as const,
      );
      for (const [network, id] of endpoints.sort(byText))
        names.learnId(id, `endpoint of ${name} on ${network}`);
    }
  }

  async function reach(id: string, tried: readonly Target[]): Promise<Record<string, string>> {
    const place = `traffic of ${names.nameOf(id)}`;
    const answers = await engine.traffic.probe(
      id,
      tried.map(({ probe }) => probe),
    );
    return Object.fromEntries(
      answers.map((answer, at) => [`${place}: ${names.text(tried[at]!.label)}`, answer]),
    );
  }

  /** A create that fails late takes a container with a generated name away again, which only its event names. */
  function learnUnmade(command: Command, outcome: Outcome, events: readonly EngineEvent[]): void {
    if (createdName(command) !== nameless || "answer" in outcome) return;
    for (const { Type, Action, Actor } of events) {
      if (Type === "container" && Action === "destroy") {
        names.learnText(Actor.Attributes.name ?? "", "generated name of what was not made");
      }
    }
  }

  async function learnCreated(command: Command, id: string): Promise<void> {
    const name = createdName(command)!;
    names.learnId(id, name);
    if (command.call !== "containers.create" || name !== nameless) return;
    const { Name } = await engine.containers.inspect(id);
    names.learnText(Name.slice(1), `generated name of ${names.nameOf(id)}`);
  }

  return {
    begin: () => observe(),
    async step(command) {
      const outcome = await perform(engine, known, waits, command);
      if (createdName(command) !== undefined && "answer" in outcome) {
        await learnCreated(command, (outcome.answer as { Id: string }).Id);
      }
      return observe(command, outcome);
    },
    close() {
      waits.close();
      events.close();
    },
  };
}

const listPatience = 150;

/**
 * Returns the list of all containers. For some milliseconds 26.1's list shows a container as it was before
 * its last change, so it is asked again until it agrees with the inspects or the time is up.
 */
async function listLike(engine: Engine, inspected: readonly ContainerInspect[]): Promise<ContainerSummary[]> {
  const deadline = Date.now() + listPatience;
  const expected = inspected.toReversed().map(gist);
  for (;;) {
    const listed = await engine.containers.list({ all: true });
    const same = JSON.stringify(listed.map(summaryGist)) === JSON.stringify(expected);
    if (same || Date.now() > deadline) return listed;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function gist({ Id, State, NetworkSettings }: ContainerInspect): unknown {
  return [Id, State.Status, addresses(NetworkSettings.Networks)];
}

function summaryGist({ Id, State, NetworkSettings }: ContainerSummary): unknown {
  return [Id, State, addresses(NetworkSettings.Networks)];
}

function addresses(networks: Readonly<Record<string, EndpointSettings>>): unknown {
  return Object.entries(networks)
    .map(([name, { EndpointID, IPAddress }]) => [name, EndpointID, IPAddress])
    .sort(byText);
}
