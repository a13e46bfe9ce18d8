// The names of what there is on an engine, for completion.
import { type Engine, EngineError } from "@dryharbor/sdk/port";
import type { ObjectKind } from "../command/flags.js";

/** Lists names of a kind in order; `undefined` where the shell is to list files. */
export async function namesOf(
  engine: Engine,
  kind: ObjectKind,
  word: string,
): Promise<readonly string[] | undefined> {
  try {
    return (await listed(engine, kind, word))?.toSorted();
  } catch (error) {
    // An engine that does not answer has nothing to offer.
    if (error instanceof EngineError) return [];
    throw error;
  }
}

async function listed(engine: Engine, kind: ObjectKind, word: string): Promise<string[] | undefined> {
  const isPath = /^[./~]/.test(word);
  switch (kind) {
    case "container":
      return containers(engine, true);
    case "running container":
      return containers(engine, false);
    case "container or file": {
      const names = isPath ? [] : (await containers(engine, true)).map((name) => `${name}:`);
      return names.some((name) => name.startsWith(word)) ? names : undefined;
    }
    case "image": {
      const images = await engine.images.list();
      return images.flatMap(({ RepoTags }) => (RepoTags ?? []).filter((tag) => !tag.includes("<none>")));
    }
    case "image or repository": {
      const tags = (await listed(engine, "image", word)) ?? [];
      const repositories = tags.map((tag) => tag.replace(/:[^:/]*$/, ""));
      // The name alone of a repository stands for its tags where there are several.
      return [...tags, ...new Set(repositories.filter((name, at) => repositories.indexOf(name) !== at))];
    }
    case "link":
      return (await engine.containers.list({ all: true })).flatMap(({ Names }) =>
        Names.map((name) => name.slice(1)).filter((name) => name.includes("/")),
      );
    case "network":
      return (await engine.networks.list()).map(({ Name }) => Name);
    case "volume":
      return isPath ? undefined : ((await engine.volumes.list()).Volumes ?? []).map(({ Name }) => Name);
    case "file":
      return undefined;
  }
}

async function containers(engine: Engine, all: boolean): Promise<string[]> {
  const found = await engine.containers.list({ all });
  return found.flatMap(({ Names }) =>
    Names.map((name) => name.slice(1)).filter((name) => !name.includes("/")),
  );
}
