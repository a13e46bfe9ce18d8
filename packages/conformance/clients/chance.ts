/** Makes something alike in what certain lines print. */
export interface Rule {
  /** The shell lines that it is about. */
  readonly where: RegExp;
  readonly why: string;
  /** `plain` is the text without what differs from engine to engine, to sort by. */
  apply(text: string, plain: (text: string) => string): string;
}

/** Output that is not the same twice on one real engine. */
export const chances: readonly Rule[] = [
  {
    where: /./,
    why: "a process id",
    apply: (text) => text.replace(/(?<="Pid": ?)[1-9]\d*/g, "<pid>"),
  },
  {
    where: /docker (run|start|inspect|network connect|create)/,
    why: "an interface's name on the host is random",
    apply: (text) => text.replace(/\bveth[0-9a-f]{7}\b/g, "<veth>"),
  },
  {
    where: /\b(top|exec|stats)\b/,
    why: "process ids, and when and for how long a process ran",
    apply: (text) =>
      text
        .replace(
          /^((?:\S+ +){1,3})\d+ +\d+ +\d+ +\S+( +\S+ +)\d\d:\d\d:\d\d(?= )/gm,
          "$1<pid> <parent> <use> <since>$2<cpu>",
        )
        .replace(/-{9,}/g, "---------")
        .replace(/^\d+(?= +(sleep|sh|cat)$)/gm, "<pid>"),
  },
  {
    where: /docker stats/,
    why: "what a process used",
    apply: (text) => text.replace(/\d+(\.\d+)?([kKMG]?i?B|%)/g, "<used>"),
  },
  {
    where: /docker (system )?info/,
    why: "a Go map, and the engine's own id",
    apply: (text) =>
      text
        .replace(/(?<=^ Runtimes: ).*/m, (names) => names.split(" ").sort().join(" "))
        .replace(/(?<=^ ID: ).*/m, "<engine>"),
  },
  {
    where: /docker diff/,
    why: "files are compared over a Go map",
    apply: sortedLines,
  },
  {
    where: /docker (images|image ls)/,
    why: "an image's repositories are a Go map",
    apply: sortedLines,
  },
  {
    where: /docker volume ls/,
    why: "volumes are shown by name, and one without a name of its own has a random one",
    apply: sortedLines,
  },
  {
    where: /docker port/,
    why: "20.10 shows a Go map as it comes",
    apply: sortedLines,
  },
  {
    where: /docker run/,
    why: "20.10 tells of its own wait, where that had begun before the start failed",
    apply: (text) => text.replace(/^time=.*error waiting for container: context canceled.*\n/gm, ""),
  },
  {
    where: /docker (run|start|inspect)/,
    why: "both families of a port are bound at once, and either may be refused first",
    apply: (text) => text.replace(/\bBind for (0\.0\.0\.0|::):(?=\d+ failed)/g, "Bind for <any>:"),
  },
  {
    where: /\.Labels\}\}|json \.\}\}|--format json/,
    why: "older clients show labels as a Go map has them",
    apply: (text) =>
      text.replace(/(?<="Labels":")[^"]+|\S+=\S*(,\S+=\S*)+$/gm, (labels) =>
        labels.split(",").sort().join(","),
      ),
  },
  {
    where: /docker cp/,
    why: "whether the client was still sending when the engine refused",
    apply: (text) => text.replace(/^time=.*Can't add file.*\n/gm, ""),
  },
  {
    where: /network (ls|inspect)/,
    why: "the short id of a swarm's network is random",
    apply: (text) =>
      text.replace(/^[a-z0-9]{12}(?= {2})/gm, (id) => (/^[0-9a-f]+$/.test(id) ? id : "<swarm id:12>")),
  },
  {
    where: /events/,
    why: "goroutines race for die, stop, connect, disconnect, destroy, unpause, exec_die and kill",
    apply: (text, plain) => sortedLines(eventual(text), plain),
  },
  {
    where: /inspect/,
    why: "variables that a client gave as a map, and aliases that it gave as a set",
    apply: (text, plain) =>
      text.replace(/(?<="(Env|Aliases|DNSNames)": \[\n)[^\]]*(?=\n *\])/g, (items) =>
        sortBy(items.split(",\n"), plain).join(",\n"),
      ),
  },
  {
    where: /docker ps .*--format .*Networks/,
    why: "the list of networks is a Go map",
    apply: (text) => text.replace(/\S+,\S+$/gm, (names) => names.split(",").sort().join(",")),
  },
  {
    where: /^dc port/,
    why: "the published ports are a Go map",
    apply: (text) => text.replace(/(?<=^no port .*: ).*/m, (ports) => ports.split(", ").sort().join(", ")),
  },
  {
    where: /^dc /,
    why: "docker compose works on several containers at once, and tells how long each took",
    apply: (text, plain) =>
      sortedLines(text.replace(/ \d+\.\d+s$/gm, " <seconds>").replace(/^.*time="<time>.*$/gm, ""), plain),
  },
  {
    where: /network inspect/,
    why: "containers are shown by the order of their ids",
    apply: sortedContainers,
  },
  {
    where: /course\.py/,
    why: "networks are attached at a start in the order of a Go map, and so stand in /etc/hosts",
    apply: (text) =>
      text.replace(/(?:[\d.]+\\\\tweb\\\\n){2}/g, (lines) =>
        lines
          .split(/(?<=\\\\n)/)
          .sort()
          .join(""),
      ),
  },
  {
    where: /prune/,
    why: "prune goes over Go maps",
    apply: sortedLines,
  },
];

/** When it happened, and the whole seconds that a process took. */
function eventual(text: string): string {
  return text
    .replace(/"time":\d+,"timeNano":\d+/g, '"time":<time>')
    .replace(/(?<=execDuration("?[:=]"?))\d+/g, "<seconds>");
}

function sortedLines(text: string, plain: (text: string) => string): string {
  return sortBy(text.split("\n"), plain).join("\n");
}

/** The members of a network are a map by their ids. */
function sortedContainers(text: string, plain: (text: string) => string): string {
  return text.replace(/(?<="Containers": \{\n)[\s\S]*?(?=\n {8}\})/g, (members) =>
    sortBy(members.split(/(?<=\n {12}\}),\n/), plain).join(",\n"),
  );
}

function sortBy(items: readonly string[], plain: (text: string) => string): string[] {
  const keys = new Map(items.map((item) => [item, plain(item)]));
  return items.toSorted((one, other) => (keys.get(one)! < keys.get(other)! ? -1 : 1));
}
