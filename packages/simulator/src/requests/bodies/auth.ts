import type { AuthConfig } from "@dryharbor/sdk/port";
import { row } from "../../core/releases/row.js";
import { type Body, everyRelease } from "../body.js";
import { struct, text } from "../shape.js";

/** In the body of a push. */
export const auth: Body<AuthConfig> = {
  reading: "auth",
  // A pointer to a pointer, whose name the decoder of 28.5 does not have.
  root: row("AuthConfig", "AuthConfig", ""),
  shape: everyRelease((pick) =>
    struct(pick("types.AuthConfig", "registry.AuthConfig", "registry.AuthConfig"), {
      username: text(),
      password: text(),
      auth: text(),
      // Registries long gone wanted it.
      email: text(),
      serveraddress: text(),
      identitytoken: text(),
      registrytoken: text(),
    }),
  ),
};

/** Of a login. */
export const login: Body<AuthConfig> = { ...auth, nullPanics: true };
