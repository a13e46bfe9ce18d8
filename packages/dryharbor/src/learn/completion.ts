// What the Tab key offers at the prompt of `learn`: words of the lesson, programs, what docker says of its own arguments,
// and files of the simulated host.
import { completeDocker, wordsOf } from "@dryharbor/docker-cli";
import { lessonWords } from "@dryharbor/lessons";
import type { Simulator } from "@dryharbor/simulator";

/** What a line may be completed with. */
export interface CompletionPlace {
  /** The ids of the levels. */
  readonly levels: readonly string[];
  /** The host that commands are for. */
  readonly simulator: Pick<Simulator, "engine" | "host" | "release">;
}

/**
 * Returns how a line that ends at the cursor may go on: whole words in order, and what is typed of them. A single one
 * ends with a blank, unless it goes on.
 *
 * @example await completions("docker netw", place); // [["network "], "netw"]
 */
export function completions(
  line: string,
  place: CompletionPlace,
): [matches: string[], typed: string] | Promise<[matches: string[], typed: string]> {
  // A command begins behind a pipe and the like.
  const command = line.slice(Math.max(...["|", ";", "&", "("].map((sign) => line.lastIndexOf(sign))) + 1);
  const words = wordsOf(command);
  if (/(^|\s)$/.test(command)) words.push("");
  const typed = words.at(-1)!;
  const offered = offeredFor(words as [string, ...string[]], command === line, place);
  // What is known at once is said at once, since Enter may follow.
  return offered instanceof Promise
    ? offered.then((names) => matching(names, typed))
    : matching(offered, typed);
}

function matching(offered: readonly string[], typed: string): [matches: string[], typed: string] {
  const matches = [...new Set(offered)].filter((each) => each.startsWith(typed)).sort();
  const [first] = matches;
  if (matches.length === 1 && !/[/=:,]$/.test(first!)) return [[`${first} `], typed];
  return [matches, typed];
}

function offeredFor(
  [first, ...rest]: [string, ...string[]],
  isWholeLine: boolean,
  { levels, simulator: { engine, host, release } }: CompletionPlace,
): readonly string[] | Promise<readonly string[]> {
  if (rest.length === 0) {
    const programs = ["/bin", "/usr/bin"].flatMap((folder) => filesIn(host, folder));
    return [...(isWholeLine ? wordsOfLesson() : []), "docker", "exit", ...programs];
  }
  if (isWholeLine && rest.length === 1) {
    if (first === "level") return levels;
    if (first === "show") return ["goal", "solution"];
  }
  const files = () => {
    const path = rest.at(-1)!;
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const names = filesIn(host, folder.startsWith("/") ? folder : `/root/${folder}`);
    return names.map((name) => `${folder}${name}`);
  };
  return first === "docker"
    ? completeDocker(engine, release, rest).then((names) => names ?? files())
    : files();
}

/** The first words of what a learner may type beside commands. */
function wordsOfLesson(): string[] {
  return lessonWords
    .flatMap(([usage]) => usage.split(", "))
    .map((usage) => usage.split(" ")[0]!)
    .filter((word) => /^[a-z]+$/.test(word));
}

function filesIn({ files }: CompletionPlace["simulator"]["host"], folder: string): string[] {
  if (!files.isDirectory(folder)) return [];
  return files.list(folder).map((name) => (files.isDirectory(`${folder}/${name}`) ? `${name}/` : name));
}
