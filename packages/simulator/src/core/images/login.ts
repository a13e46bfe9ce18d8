import type { AuthConfig, AuthResponse } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { unreachable } from "./unreachable.js";

/**
 * Answers `POST /auth`. A registry that can be reached accepts everybody. @throws 500 if it cannot be reached
 */
export function logIn(daemon: Daemon, { serveraddress = "" }: AuthConfig): AuthResponse {
  const [host = ""] = serveraddress.replace(/^https?:\/\//, "").split("/");
  const domain = host === "" || host === "index.docker.io" ? "docker.io" : host;
  if (daemon.images.registry.pull === "deny") throw unreachable(daemon, domain);
  return { IdentityToken: "", Status: "Login Succeeded" };
}
