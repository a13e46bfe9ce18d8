// The credentials for registries that `docker login` keeps in config.json.
import type { AuthConfig } from "@dryharbor/sdk/port";
import type { Session } from "../command/session.js";
import type { ImageReference } from "./reference.js";

/** The address under which the credentials of Docker Hub are kept. */
export const hubAddress = "https://index.docker.io/v1/";

/** The credentials for the registry of an image; empty where there are none. */
export function storedCredentials(session: Session, { repository }: ImageReference): AuthConfig {
  const registry = repository.slice(0, repository.indexOf("/"));
  const address = registry === "docker.io" ? hubAddress : registry;
  const kept = keptIn(session)[address];
  if (kept?.auth === undefined) return {};
  const [username = "", ...password] = new TextDecoder()
    .decode(Uint8Array.from(atob(kept.auth), (character) => character.charCodeAt(0)))
    .split(":");
  return { username, password: password.join(":"), serveraddress: address };
}

/** Keeps credentials. @returns false: they are kept as they are, since there is no program that keeps secrets */
export function keepCredentials(
  session: Session,
  { username, password, serveraddress = "" }: AuthConfig,
): false {
  const auth = btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`)));
  store(session, { ...keptIn(session), [serveraddress]: { auth } });
  return false;
}

/** Forgets the credentials for some addresses. */
export function removeCredentials(session: Session, addresses: readonly string[]): void {
  const kept = { ...keptIn(session) };
  if (!addresses.some((address) => Object.hasOwn(kept, address))) return;
  for (const address of addresses) delete kept[address];
  store(session, kept);
}

type Kept = Readonly<Record<string, { readonly auth?: string }>>;

function keptIn(session: Session): Kept {
  return (session.configuration().auths as Kept | undefined) ?? {};
}

function store(session: Session, auths: Kept): void {
  const { io, configFolder } = session;
  io.files.makeDirectories(configFolder, 0o700);
  const whole = { ...session.configuration(), auths };
  io.files.write(`${configFolder}/config.json`, JSON.stringify(whole, null, "\t"), { mode: 0o600 });
}
