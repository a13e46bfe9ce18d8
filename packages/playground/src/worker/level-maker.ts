// Makes a level of what a learner has done: it starts where this level started, its solution is what was typed, and its
// goal is what there is now. A teacher goes on writing in the file.
import { type Check, type Level, levelFormat, readLevel, type Session } from "@dryharbor/lessons";
import { type Topology, topology } from "@dryharbor/sdk/topology";

const predefined = new Set(["bridge", "host", "none"]);

/**
 * Makes a level of a session.
 * @throws {UsageError} nothing was done that could be a goal
 */
export async function levelOf(
  session: Session,
  { title, objective }: { readonly title: string; readonly objective: string },
): Promise<Level> {
  const goal = goalOf(await topology(session.machine.engine));
  const { level, history } = session;
  if (history.length === 0)
    throw new Error("type the commands of the solution first: what they make is the goal");
  if (goal.length === 0)
    throw new Error("there is nothing yet that could be a goal: make networks or containers first");
  const solution = session.save({ state: false }).commands.map(({ command, typed = [], cwd }) => ({
    command: cwd === undefined ? command : `cd ${quoted(cwd)} && ${command}`,
    ...(typed.length > 0 && { typed }),
  }));
  return readLevel({
    format: levelFormat,
    id: idOf(title),
    title,
    objective,
    releases: level.releases,
    images: level.images,
    start: level.start,
    steps: [{ text: objective, check: goal, solution: solution.map(({ command }) => command) }],
    goal,
    hints: ["Look at what `show goal` says is still missing."],
    solution,
  });
}

/** What there is, as checks. */
function goalOf({ networks, containers }: Topology): Check[] {
  return [
    ...networks
      .filter(({ name }) => !predefined.has(name))
      .map(
        ({ name, driver, internal }): Check => ({
          check: "network",
          name,
          driver,
          ...(internal && { internal }),
        }),
      ),
    ...containers.flatMap(({ name, state, endpoints, ports }): Check[] => [
      { check: "container", name, state },
      ...(state === "running" ? endpoints : []).flatMap(({ network, aliases }): Check[] =>
        aliases.length === 0
          ? [{ check: "attached", container: name, network }]
          : aliases.map((alias) => ({ check: "attached", container: name, network, alias })),
      ),
      ...ports
        .filter(({ published, protocol }) => published.length > 0 && protocol === "tcp")
        .map(
          ({ port, published }): Check => ({
            check: "published",
            container: name,
            port,
            hostPort: published[0]!.port,
          }),
        ),
    ]),
  ];
}

function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

function idOf(title: string): string {
  const id = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return id === "" ? "my-level" : id;
}
