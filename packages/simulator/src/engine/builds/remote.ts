import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../../core/daemon.js";
import { quotedText } from "../../core/quote.js";
import { buildsOf } from "../../core/releases/builds.js";

const git = /^(git:\/\/|github\.com\/|git@)|^https?:\/\/.*\.git(?:#.+)?$/;

/**
 * A context that the engine would have to fetch. The host of the simulator has neither git nor a route out, so that fails as it
 * does on such a host.
 *
 * @param remote empty for a context that the client sends
 * @throws 500; 400 for a session, which only BuildKit has
 */
export function refuseRemote({ release, settings, random }: Daemon, remote: string): void {
  if (remote === "") return;
  if (remote === "client-session") {
    throw engineError(
      400,
      "experimental session with v1 builder is no longer supported, use builder version v2 (BuildKit) instead",
    );
  }
  if (git.test(remote)) {
    const folder = `${settings.dataRoot}/tmp/docker-build-git${random.below(2 ** 32)}`;
    throw engineError(500, `failed to init repo at ${folder}: : ${buildsOf(release).noGit}`);
  }
  if (!/^https?:\/\//.test(remote)) {
    throw engineError(500, `remoteURL (${remote}) could not be recognized as URL`);
  }
  throw engineError(500, `error downloading remote context ${remote}: ${unreachableUrl(remote)}`);
}

/** Returns what is said of a URL that cannot be reached. */
export function unreachableUrl(url: string): string {
  return `Get ${quotedText(url)}: ${whyUnreachable(url)}`;
}

function whyUnreachable(url: string): string {
  if (!URL.canParse(url)) return "no Host in request URL";
  const { hostname, port, protocol } = new URL(url);
  const at = `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
  if (/^127\.|^\[::1\]$|^localhost$/.test(hostname)) return `dial tcp ${at}: connect: connection refused`;
  if (/^[\d.]+$|^\[/.test(hostname)) return `dial tcp ${at}: connect: network is unreachable`;
  return `dial tcp: lookup ${hostname}: no such host`;
}
