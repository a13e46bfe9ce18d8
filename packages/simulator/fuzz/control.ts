// Throws generated requests at the control API as a function, in sequences, each at a control of its own.
import fc from "fast-check";
import { controlRoutes } from "../src/control/routes/table.js";
import { shapes } from "../src/control/shapes.js";
import { checksum } from "../src/snapshot/checksum.js";
import type { Snapshot } from "../src/snapshot/snapshot.js";
import { problemsOf, wrongAnswer } from "../test/answers.js";
import { type Answer, type Asked, control } from "../test/control.js";
import { controlRequest } from "./control-requests.js";

/** How many requests come one after another, at most. */
const longest = 400;

/** The whole state is compared once in so many requests. */
const wholeEach = 50;

/** How long an answer may take, in milliseconds. */
const patience = 20_000;

/** What came of the requests. */
export interface ControlFuzz {
  readonly requests: number;
  /** How many answers there were, by status. */
  readonly statuses: ReadonlyMap<number, number>;
}

/**
 * Sends requests until there were as many as wanted. Each has to have an answer that the document knows, and one that is
 * refused has to leave everything as it was.
 *
 * @param progress called now and then with how many there were
 * @throws {Error} one has not: with the shortest sequence that shows it
 */
export async function fuzzControl(
  wanted: number,
  seed: number,
  progress: (requests: number) => void = () => {},
): Promise<ControlFuzz> {
  const statuses = new Map<number, number>();
  let requests = 0;
  const property = fc.asyncProperty(
    fc.array(controlRequest, { minLength: 1, maxLength: longest, size: "max" }),
    async (all) => {
      await using subject = await populated();
      for (const [at, asked] of all.entries()) {
        const { status } = await judged(subject, asked, at % wholeEach === 0);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        requests++;
      }
    },
  );
  for (let run = 0; requests < wanted; run++) {
    await fc.assert(property, {
      seed: seed + run,
      numRuns: Math.max(1, Math.min(100, Math.ceil((wanted - requests) / longest))),
    });
    progress(requests);
  }
  return { requests, statuses };
}

type Subject = Awaited<ReturnType<typeof control>>;

async function populated(): Promise<Subject> {
  const subject = await control();
  const { containers, networks } = subject.control.simulator.engine;
  await networks.create({ Name: "backend" });
  await containers.create(
    { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { NetworkMode: "backend" } },
    { name: "web" },
  );
  await containers.start("web");
  await containers.create({ Image: "busybox", Cmd: ["true"] }, { name: "db" });
  return subject;
}

async function judged(subject: Subject, asked: Asked, isWhole: boolean): Promise<Answer> {
  const before = fingerprint(subject, isWhole);
  const answer = await inTime(subject.ask(asked), asked);
  const says = (wrong: string): Error => new Error(`${JSON.stringify(asked)}: ${wrong}`);
  const { status, body, text } = answer;
  if (status >= 500) throw says(text);
  if (status >= 400) {
    const problem = problemsOf(shapes.Problem!, body);
    if (problem !== undefined) throw says(problem);
    if (fingerprint(subject, isWhole) !== before) throw says("it was refused, and has changed something");
  }
  const route = routeOf(asked);
  if (!route) {
    if (status < 400) throw says(`answered ${status}, and there is no such route`);
    return answer;
  }
  // Methods that the path has not are refused before there is a route.
  if (status === 405) return answer;
  const wrong = wrongAnswer(route.method, route.path, answer);
  if (wrong !== undefined) throw says(wrong);
  return answer;
}

function routeOf({ method, target }: Asked): (typeof controlRoutes)[number] | undefined {
  const path = target.split("?")[0]!;
  return controlRoutes.find(
    (route) =>
      (route.method === method || (method === "HEAD" && route.method === "GET")) &&
      new RegExp(`^${route.path.replaceAll(".", "\\.").replace(/\{[^}]*\}/g, "[^/]+")}$`, "s").test(path),
  );
}

/** What a request can change. The whole state takes long, so that it is looked at now and then. */
function fingerprint({ control: { simulator, kept, forks, now } }: Subject, isWhole: boolean): string {
  return JSON.stringify([
    isWhole ? sumOf(simulator.snapshot()) : simulator.faults.list(),
    simulator.calls.length,
    kept.map(({ name, at }) => [name, String(at)]),
    forks,
    String(now),
  ]);
}

/** Sums a state up, whatever the order of its fields. Whoever looks at the engine lets its clock tick. */
function sumOf({ state }: Snapshot): string {
  return checksum({ ...state, clock: "" });
}

async function inTime(answer: Promise<Answer>, asked: Asked): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${JSON.stringify(asked)}: no answer`)), patience);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
