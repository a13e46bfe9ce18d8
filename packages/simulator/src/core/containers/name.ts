import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { shortId } from "../id.js";
import { adjectives, surnames } from "./name-words.js";

const validName = /^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** Returns the name for a new container, without the slash: the given one, or a random one. */
export function newName(daemon: Daemon, id: string, asked: string): string {
  if (asked !== "") return freeName(daemon, asked);
  for (let attempt = 0; attempt < 6; attempt++) {
    const name = randomName(daemon, attempt);
    if (!daemon.containers.named(name)) return name;
  }
  return shortId(id);
}

/** Checks that a name is valid and free. @throws 400 for an invalid name, 409 for one in use */
export function freeName(daemon: Daemon, asked: string): string {
  if (!validName.test(asked)) {
    throw engineError(400, `Invalid container name (${asked}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  }
  const name = asked.replace(/^\//, "");
  const holder = daemon.containers.named(name);
  if (holder) {
    throw engineError(
      409,
      `Conflict. The container name "/${name}" is already in use by container "${holder.id}". ` +
        "You have to remove (or rename) that container to be able to reuse that name.",
    );
  }
  return name;
}

/** Makes a name `adjective_surname`. It ends in a digit when the first try was taken. */
function randomName({ random }: Daemon, attempt: number): string {
  const name = `${adjectives[random.below(adjectives.length)]}_${surnames[random.below(surnames.length)]}`;
  return attempt === 0 ? name : `${name}${random.below(10)}`;
}
