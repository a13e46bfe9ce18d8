import { type BuildCase, type BuildStep, type CallStep, contextOf } from "./build-case.js";

/** Sends a request to an engine. */
export type Ask = (
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
) => Promise<{ readonly status: number; readonly text: string }>;

/** The API version whose answers tell most. */
const api = "/v1.41";

/**
 * Carries a case out on an engine that has `busybox` alone, and tells what came of it: the whole stream of each build, the
 * image `out` with its history, the images and containers that there are then, and the events. Ids are symbols in order of
 * their first appearance.
 */
export async function outcomeOf(ask: Ask, each: BuildCase): Promise<string[]> {
  const text = async (method: string, target: string) =>
    (await ask(method, api + target, {}, new Uint8Array())).text;
  await cleared(text);
  const seen: string[] = [];
  const from = await marked(text);
  try {
    for (const step of each.steps) {
      seen.push(...("call" in step ? await called(ask, step) : await built(ask, step)));
    }
    seen.push(...(await left(text)));
    seen.push(...(await events(text, from)));
  } finally {
    await cleared(text);
  }
  return symbols(seen);
}

type Text = (method: string, target: string) => Promise<string>;

/** Makes an event whose name nothing else has, so that what follows it is known. */
async function marked(text: Text): Promise<string> {
  const name = `mark${Math.random().toString(36).slice(2)}`;
  await text("POST", `/images/busybox/tag?repo=${name}`);
  await text("DELETE", `/images/${name}`);
  return name;
}

async function built(ask: Ask, step: BuildStep): Promise<string[]> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(step.query ?? { t: "out" })) {
    for (const one of typeof value === "string" ? [value] : value) query.append(name, one);
  }
  const headers = { "Content-Type": "application/x-tar", ...step.headers };
  const answer = await ask("POST", `${step.version ?? api}/build?${query}`, headers, contextOf(step));
  return [`build ${answer.status}`, ...joined(answer.text.split("\r\n").filter((line) => line !== ""))];
}

/** What a program prints comes in pieces of any length. */
function joined(lines: readonly string[]): string[] {
  const result: string[] = [];
  let printing = false;
  for (const line of lines) {
    const { stream } = JSON.parse(line) as { stream?: string };
    const own = stream === undefined || /^( ---> |Step |Removing intermediate|\n$|Success)/.test(stream);
    if (!own && printing) {
      const before = JSON.parse(result.pop() as string) as { stream: string };
      result.push(JSON.stringify({ stream: before.stream + stream }));
    } else result.push(own ? line : JSON.stringify({ stream }));
    printing = !own;
  }
  return result;
}

async function called(ask: Ask, { call, body }: CallStep): Promise<string[]> {
  const [method = "", target = ""] = call.split(" ");
  const bytes = new TextEncoder().encode(body ? JSON.stringify(body) : "");
  const answer = await ask(method, api + target, body ? { "Content-Type": "application/json" } : {}, bytes);
  return [`${call} ${answer.status} ${withoutTimes(answer.text).trim()}`];
}

/** What the builds have left behind. */
async function left(text: Text): Promise<string[]> {
  const lines: string[] = [];
  const image = JSON.parse(await text("GET", "/images/out/json"));
  if (image.Id) {
    for (const field of ["Id", "Parent", "Comment", "Author", "Container", "Os", "Architecture", "Variant"]) {
      if (image[field] !== undefined && image[field] !== "") lines.push(`out ${field} ${image[field]}`);
    }
    lines.push(`out Layers ${image.RootFS.Layers?.length ?? 0}`);
    lines.push(`out Config ${JSON.stringify(image.Config)}`);
    lines.push(`out ContainerConfig ${JSON.stringify(image.ContainerConfig)}`);
    for (const { Id, CreatedBy, Comment, Tags, Size } of JSON.parse(
      await text("GET", "/images/out/history"),
    )) {
      const size = Tags?.includes("busybox:latest") ? "" : ` ${Size}`;
      lines.push(`out history ${Id} ${JSON.stringify(CreatedBy)} ${Comment}${size} ${Tags ?? ""}`.trimEnd());
    }
  }
  const images: { Id: string; ParentId: string; RepoTags: string[] | null }[] = JSON.parse(
    await text("GET", "/images/json?all=1"),
  );
  const shown = images.map(({ RepoTags }) => `image ${(RepoTags ?? ["<none>:<none>"]).join(" ")}`);
  lines.push(...shown.map((line) => line.replace("image <none>:<none>", "image")).sort());
  const containers: { State: string; Command: string; Image: string }[] = JSON.parse(
    await text("GET", "/containers/json?all=1"),
  );
  lines.push(...containers.map(({ State, Command }) => `container ${State} ${Command}`).sort());
  return lines;
}

/** The events since the mark. */
async function events(text: Text, from: string): Promise<string[]> {
  const until = ((Date.now() + 2) / 1000).toFixed(3);
  const all = (await text("GET", `/events?since=1&until=${until}`))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
  const start = all.findLastIndex(({ Actor }) => JSON.stringify(Actor).includes(from));
  // The mark's removal is the first event after it. Volumes are mounted in any order.
  const lines = all
    .slice(start + 1)
    .filter(({ Type }) => Type !== "network")
    .filter(({ Type, Action }, at) => at > 0 || Type !== "image" || Action !== "untag")
    .map(({ Type, Action, Actor }) => {
      const { name: _, image, execDuration: __, ...attributes } = Actor.Attributes;
      const named = Type === "image" ? ` ${Actor.Attributes.name}` : "";
      return `event ${Type} ${Action}${named} ${JSON.stringify({ image, ...attributes })}`;
    });
  return sortedGroups(lines, (line) => line.startsWith("event volume"));
}

/** Sorts the lines that follow one another and are of a kind. */
function sortedGroups(lines: readonly string[], ofKind: (line: string) => boolean): string[] {
  const result: string[] = [];
  let group: string[] = [];
  for (const line of [...lines, ""]) {
    if (ofKind(line)) {
      group.push(line);
      continue;
    }
    result.push(...group.sort());
    group = [];
    if (line !== "") result.push(line);
  }
  return result;
}

/** Leaves `busybox` alone on the engine. */
async function cleared(text: Text): Promise<void> {
  for (const { Id } of JSON.parse(await text("GET", "/containers/json?all=1"))) {
    await text("DELETE", `/containers/${Id}?force=1&v=1`);
  }
  for (const { RepoTags } of JSON.parse(await text("GET", "/images/json"))) {
    for (const name of RepoTags ?? []) {
      if (name !== "busybox:latest" && name !== "<none>:<none>") await text("DELETE", `/images/${name}`);
    }
  }
  for (let round = 0; round < 40; round++) {
    const rest: { Id: string; RepoTags: string[] | null }[] = JSON.parse(
      await text("GET", "/images/json?all=1"),
    );
    const gone = rest.filter(({ RepoTags }) => !RepoTags?.includes("busybox:latest"));
    if (gone.length === 0) break;
    for (const { Id } of gone) await text("DELETE", `/images/${Id}?force=1`);
  }
  await text("POST", `/volumes/prune`);
}

/** Leaves out times, and what 29 counts of them: the digits of an image's times are part of its size. */
function withoutTimes(text: string): string {
  return text
    .replace(/"(Created|CreatedAt|LastTagTime)":("[^"]*"|-?\d+)/g, '"$1":"<time>"')
    .replace(/"((?:Virtual)?Size)":(\d+)/g, (_, key, size) => `"${key}":"${Math.round(size / 1000)} kB"`)
    .replace(
      /"SpaceReclaimed":(\d+)/g,
      (_, size) => `"SpaceReclaimed":"${Math.round(size / 100) * 100} bytes"`,
    );
}

/** What differs from engine to engine, and from one time to the next. */
function withoutChance(line: string): string {
  return line
    .replaceAll("\\u001b[0m\\u001b[91m", "")
    .replace(/(\/tmp\/[\w./-]+\/data|\/var\/lib\/docker)\b/g, "<data>")
    .replace(/docker-build-git\d+/g, "docker-build-git<number>")
    .replace(/rootfs-mount\d+/g, "rootfs-mount<number>")
    .replace(
      /build-args \[([^\]]*)\]/,
      (_, names: string) => `build-args [${names.split(" ").sort().join(" ")}]`,
    );
}

/**
 * Ids become symbols. What a content is known by in a comment of COPY stays, since it is the same on all engines.
 */
function symbols(lines: readonly string[]): string[] {
  const known = new Map<string, string>();
  return lines.map((line) =>
    withoutChance(line).replace(
      /(file:|dir:|multi:|[\w-])?\b((?:[0-9a-f]{64}|[0-9a-f]{12}))\b/g,
      (whole, before: string | undefined, id: string) => {
        if (before) return whole;
        const key = id.slice(0, 12);
        const symbol = known.get(key) ?? `<id${known.size + 1}>`;
        known.set(key, symbol);
        return symbol;
      },
    ),
  );
}
