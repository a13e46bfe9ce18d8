/** Output that is not the same twice on one real engine, by the lines that print it. */
interface Chance {
  readonly where: RegExp;
  readonly why: string;
  /** `plain` is the text without what differs from engine to engine, to sort by. */
  apply(text: string, plain: (text: string) => string): string;
}

export const chances: readonly Chance[] = [
  {
    where: /events/,
    why: "goroutines race for die, stop, connect, disconnect, destroy, unpause, exec_die and kill",
    apply: sortedLines,
  },
  {
    where: /network inspect/,
    why: "containers are shown by the order of their ids",
    apply: sortedContainers,
  },
  {
    where: /prune/,
    why: "prune goes over Go maps",
    apply: sortedLines,
  },
];

function sortedLines(text: string, plain: (text: string) => string): string {
  return sortBy(text.split("\n"), plain).join("\n");
}

/** The members of a network are a map by their ids. */
function sortedContainers(text: string, plain: (text: string) => string): string {
  return text.replace(/(?<="Containers": \{\n)[^]*?(?=\n {8}\})/g, (members) =>
    sortBy(members.split(/(?<=\n {12}\}),\n/), plain).join(",\n"),
  );
}

function sortBy(items: readonly string[], plain: (text: string) => string): string[] {
  const keys = new Map(items.map((item) => [item, plain(item)]));
  return items.toSorted((one, other) => (keys.get(one)! < keys.get(other)! ? -1 : 1));
}
