// `docker logout`.
import { atMost } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { hubAddress, removeCredentials } from "../../references/credentials.js";

export const logout = command({
  name: "logout",
  short: {
    "20.10": "Log out from a Docker registry",
    "26.1": "Log out from a registry",
  },
  usage: "[SERVER]",
  heading: "Common Commands",
  arguments: atMost(1),
  async run({ io, session, arguments: [server = ""] }) {
    const host = server.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
    io.stdout(`Removing login credentials for ${server === "" ? hubAddress : host}\n`);
    removeCredentials(
      session,
      server === "" ? [hubAddress] : [server, host, `http://${host}`, `https://${host}`],
    );
  },
});
