import type { AuthConfig } from "@dryharbor/sdk/port";
import { everyRelease } from "../../core/json/every-release.js";
import { struct, text } from "../../core/json/shape.js";
import { row, since29 } from "../../core/releases/row.js";
import type { Body } from "../body.js";

/** The credentials in the body of a push. */
export const auth: Body<AuthConfig> = {
  reading: "auth",
  // The type is a pointer to a pointer, which has no name in the decoder of 28.5.
  root: row("AuthConfig", "AuthConfig", "", "AuthConfig"),
  shape: everyRelease((pick) =>
    struct(pick("types.AuthConfig", "registry.AuthConfig", "registry.AuthConfig"), {
      username: text(),
      password: text(),
      auth: text(),
      // Registries required it long ago.
      email: text(),
      serveraddress: text(),
      identitytoken: text(),
      registrytoken: text(),
    }),
  ),
};

/** The credentials of a login. */
export const login: Body<AuthConfig> = { ...auth, nullPanics: since29(true, false) };
