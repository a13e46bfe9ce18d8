// Rules for what real clients print by chance, even twice on one real engine. `transcript.ts` applies them to
// both sides before the comparison. Each has its reason.

/** Replaces or reorders what certain shell lines print. */
export interface Rule {
  /** The shell lines to which the rule applies. */
  readonly where: RegExp;
  readonly why: string;
  /**
   * Applies the rule. `plain` removes ids and other values of one engine from a text, so that it can be
   * sorted by.
   */
  apply(text: string, plain: (text: string) => string): string;
}

/** Output that differs between two runs on one real engine. */
export const chances: readonly Rule[] = [
  {
    where: /./,
    why: "The kernel numbers processes.",
    apply: (text) => text.replace(/(?<="Pid": ?)[1-9]\d*/g, "<pid>"),
  },
  {
    where: /docker network inspect/,
    why: "Numbers beyond 2^53 lose digits in clients in JavaScript, as the port's numbers do.",
    apply: (text) => text.replace(/\b\d{17,20}\b/g, (digits) => BigInt(Number(digits)).toString()),
  },
  {
    where: /docker (run|start|inspect|network connect|create)/,
    why: "The host's end of an interface has a random name.",
    apply: (text) => text.replace(/\bveth[0-9a-f]{7}\b/g, "<veth>"),
  },
  {
    where: /\b(top|exec|stats)\b/,
    why: "Process ids, start times and running times vary.",
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
    where: /\bip .*(addr|link)/,
    why: "The host numbers interfaces, and had others before. Where a container numbers its own, the first has 2.",
    apply: (text) => text.replace(/^(?!2:)\d+: (?=eth)|(?<=^\d+: eth\d+@if)\d+/gm, "<number>"),
  },
  {
    where: /\bping\b/,
    why: "The time of an answer varies.",
    apply: (text) => text.replace(/(?<=time[=:] ?|max = )[\d./]+(?= ms)/g, "<time>"),
  },
  {
    where: /\bnslookup\b/,
    why: "Answers to the questions for both kinds of address come in any order.",
    apply: (text) => text.split("\n\n").sort().join("\n\n"),
  },
  {
    where: /docker stats/,
    why: "The resources that a process used vary.",
    apply: (text) => text.replace(/\d+(\.\d+)?([kKMG]?i?B|%)/g, "<used>"),
  },
  {
    where: /docker (system )?info/,
    why: "The order of runtimes comes from a Go map, and the engine's id is its own.",
    apply: (text) =>
      text
        .replace(/(?<=^ Runtimes: ).*/m, (names) => names.split(" ").sort().join(" "))
        .replace(/(?<=^ ID: ).*/m, "<engine>"),
  },
  {
    where: /docker diff/,
    why: "The engine compares files in the order of a Go map.",
    apply: sortedLines,
  },
  {
    where: /docker (images|image ls)/,
    why: "The order of an image's repositories comes from a Go map.",
    apply: sortedLines,
  },
  {
    where: /docker image prune/,
    why: "A store of content counts the digits of an image's times.",
    apply: (text) => text.replace(/(?<=Total reclaimed space: \d+)\.\d+(?=[kM]B)/, ""),
  },
  {
    where: /\b(images|image ls|system df)\b/,
    why: "A store of content counts the digits of an image's times.",
    apply: (text) =>
      text.replace(/\b(\d{3}B|\d(\.\d+)?kB)\b/g, "<some>").replace(/(?<=\b\d+)\.\d+(?=kB\b)/g, ""),
  },
  {
    where: /docker push/,
    why: "Files of an image are sent at once, and any of them may be the first that cannot be.",
    apply: (text) => text.replace(/(?<=\/blobs\/sha256:)[0-9a-f]{64}/, "<any>"),
  },
  {
    where: /docker volume ls/,
    why: "Volumes are sorted by name, and a volume without a given name has a random one.",
    apply: sortedLines,
  },
  {
    where: /docker port/,
    why: "20.10 prints ports in the order of a Go map.",
    apply: sortedLines,
  },
  {
    where: /docker (run|start)/,
    why: "20.10 prints an error of its own wait if that had begun before the start failed.",
    apply: (text) => text.replace(/^time=.*error waiting for container: context canceled.*\n/gm, ""),
  },
  {
    where: /docker (run|start|inspect)/,
    why: "A port is bound in both address families at once, and either may be refused first.",
    apply: (text) => text.replace(/\bBind for (0\.0\.0\.0|::):(?=\d+ failed)/g, "Bind for <any>:"),
  },
  {
    where: /\.Labels\}\}|json \.\}\}|--format json/,
    why: "Older clients print labels in the order of a Go map.",
    apply: (text) =>
      text.replace(/(?<="Labels":")[^"]+|[^\s"]+=[^\s"]*(,[^\s"]+=[^\s"]*)+$/gm, (labels) =>
        labels.split(",").sort().join(","),
      ),
  },
  {
    where: /docker cp/,
    why: "The client prints this only if it was still sending when the engine refused.",
    apply: (text) => text.replace(/^time=.*Can't add file.*\n/gm, ""),
  },
  {
    where: /docker (import|load|build)/,
    why: "The directory where a store of content unpacks a layer has a random number.",
    apply: (text) => text.replace(/(?<=containerd-mount)\d+/g, "<number>"),
  },
  {
    where: /network (ls|inspect)/,
    why: "The short id of a swarm's network is random.",
    apply: (text) =>
      text.replace(/^[a-z0-9]{12}(?= {2})/gm, (id) => (/^[0-9a-f]+$/.test(id) ? id : "<swarm id:12>")),
  },
  {
    where: /events/,
    why: "Goroutines race for die, stop, connect, disconnect, destroy, unpause, exec_die and kill.",
    apply: (text, plain) => sortedLines(eventual(text), plain),
  },
  {
    where: /inspect/,
    why: "Clients send variables that are a map, and aliases that are a set, in any order.",
    apply: (text, plain) =>
      text.replace(/(?<="(Env|Aliases|DNSNames)": \[\n)[^\]]*(?=\n *\])/g, (items) =>
        sortBy(items.split(",\n"), plain).join(",\n"),
      ),
  },
  {
    where: /docker ps .*--format .*Networks/,
    why: "The order of networks comes from a Go map.",
    apply: (text) => text.replace(/\S+,\S+$/gm, (names) => names.split(",").sort().join(",")),
  },
  {
    where: /^dc port/,
    why: "The order of published ports comes from a Go map.",
    apply: (text) => text.replace(/(?<=^no port .*: ).*/m, (ports) => ports.split(", ").sort().join(", ")),
  },
  {
    where: /^dc /,
    why: "docker compose works on several containers at once, and prints how long each took.",
    apply: (text, plain) =>
      sortedLines(text.replace(/ \d+\.\d+s$/gm, " <seconds>").replace(/^.*time="<time>.*$/gm, ""), plain),
  },
  {
    where: /^devcontainer (up|run)/,
    why: "The commands of one property run at once. Now and then it asks a site for news, which it cannot reach.",
    apply: (text, plain) => sortedLines(text.replace(/^.*Failed to fetch control manifest.*\n/gm, ""), plain),
  },
  {
    where: /node run\.cjs/,
    why: "dockest and Jest tell how long they took.",
    apply: (text) =>
      text
        .replace(/(?<=Elapsed time: ).*/g, "<time>")
        .replace(/^Time:.*/gm, "Time: <time>")
        .replace(/ \([\d.]+ m?s\)$/gm, ""),
  },
  {
    where: /network inspect/,
    why: "Containers are sorted by their ids, which are random.",
    apply: sortedContainers,
  },
  {
    where: /course\.py/,
    why: "A start attaches networks in the order of a Go map, which is then their order in /etc/hosts.",
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
    why: "Prune walks Go maps.",
    apply: sortedLines,
  },
];

/** Replaces the time of an event, and the whole seconds that a process took. */
function eventual(text: string): string {
  return text
    .replace(/"time":\d+,"timeNano":\d+/g, '"time":<time>')
    .replace(/(?<=execDuration("?[:=]"?))\d+/g, "<seconds>");
}

function sortedLines(text: string, plain: (text: string) => string): string {
  return sortBy(text.split("\n"), plain).join("\n");
}

/** Sorts the members of a network, which the engine shows in the order of their ids. */
function sortedContainers(text: string, plain: (text: string) => string): string {
  return text.replace(/(?<="Containers": \{\n)[\s\S]*?(?=\n {8}\})/g, (members) =>
    sortBy(members.split(/(?<=\n {12}\}),\n/), plain).join(",\n"),
  );
}

function sortBy(items: readonly string[], plain: (text: string) => string): string[] {
  const keys = new Map(items.map((item) => [item, plain(item)]));
  return items.toSorted((one, other) => (keys.get(one)! < keys.get(other)! ? -1 : 1));
}
