// `docker login`.

import type { AuthConfig, AuthResponse } from "@dryharbor/sdk/port";
import { atMost } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { text, toggle } from "../../command/flags.js";
import type { CommandIo } from "../../io.js";
import { hubAddress, keepCredentials } from "../../references/credentials.js";
import { isIn, type Release, textIn } from "../../releases.js";

const noTerminal = {
  "20.10": "Error: Cannot perform an interactive login from a non TTY device",
  "29": "error: cannot perform an interactive login from a non-TTY device",
};
const noUsername = {
  "20.10": "Error: Non-null Username Required",
  "29": "error: username is required",
};
const noPassword = { "20.10": "Error: Password Required", "29": "error: password is required" };

export const login = command({
  name: "login",
  short: {
    "20.10": "Log in to a Docker registry",
    "26.1": "Log in to a registry",
    "28.5": "Authenticate to a registry",
  },
  usage: "[OPTIONS] [SERVER]",
  heading: "Common Commands",
  arguments: atMost(1),
  flags: { password: text("p"), "password-stdin": toggle(), username: text("u") },
  async run({ engine, io, flags, given, release, session, arguments: [server = ""] }) {
    const isNewest = isIn(release, { since: "28.5" });
    // Since 29 the password `-` means standard input as well.
    const isDash = isIn(release, { since: "29" }) && flags.password === "-";
    const fromInput = flags["password-stdin"] || isDash;
    if (flags["password-stdin"] && given.has("password") && !isDash) {
      throw new CommandError(
        isNewest
          ? "conflicting options: cannot specify both --password and --password-stdin"
          : "--password and --password-stdin are mutually exclusive",
      );
    }
    if (isNewest && fromInput && !given.has("username")) {
      throw new CommandError("the --password-stdin option requires --username to be set");
    }
    if (isNewest && given.has("username") && flags.username === "")
      throw new CommandError("username is empty");
    if (isNewest && given.has("password") && flags.password === "")
      throw new CommandError("password is empty");
    if (flags.password !== "" && !isDash) {
      io.stderr("WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n");
    }
    let { username, password } = flags;
    if (fromInput) {
      if (username === "") {
        throw new CommandError(
          isNewest ? "username is empty" : "Must provide --username with --password-stdin",
        );
      }
      password = (await allOf(io)).replace(isIn(release, { since: "29" }) ? /(\r\n|\n|\r)$/ : /\r?\n$/, "");
      if (isIn(release, { since: "29" }) && password.trim() === "")
        throw new CommandError("password is empty");
    }
    const isAsked = password === "" || (username === "" && isNewest);
    if (isAsked && !io.isTerminal.stdin) {
      throw new CommandError(textIn(release, noTerminal));
    }
    const lines = new Lines(io, release);
    if (username === "") username = await lines.ask("Username: ", true);
    if (username === "") throw new CommandError(textIn(release, noUsername));
    if (password === "") password = await lines.ask("Password: ", false);
    if (password === "") throw new CommandError(textIn(release, noPassword));
    const serveraddress = server === "" || server === "docker.io" ? hubAddress : server;
    const credentials: AuthConfig = { username, password, serveraddress };
    const answer: AuthResponse = await engine.system.auth(credentials);
    const isEncrypted = keepCredentials(session, credentials);
    if (!isEncrypted) io.stderr(unencrypted(session.configFolder, isNewest));
    if (answer.Status) io.stdout(`${answer.Status}\n`);
  },
});

function unencrypted(folder: string, isNewest: boolean): string {
  return isNewest
    ? `\nWARNING! Your credentials are stored unencrypted in '${folder}/config.json'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n`
    : `WARNING! Your password will be stored unencrypted in ${folder}/config.json.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/engine/reference/commandline/login/#credentials-store\n\n`;
}

async function allOf({ stdin }: CommandIo): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of stdin) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}

/** Asks for lines at a terminal. */
class Lines {
  readonly #io: CommandIo;
  readonly #input: AsyncIterator<Uint8Array>;
  #rest = "";

  constructor(
    io: CommandIo,
    readonly release: Release,
  ) {
    this.#io = io;
    this.#input = io.stdin[Symbol.asyncIterator]();
  }

  /** @param shown whether what is typed is shown */
  async ask(question: string, shown: boolean): Promise<string> {
    const { terminal, stdout } = this.#io;
    stdout(question);
    if (!shown) terminal?.raw(true);
    try {
      while (!/[\r\n]/.test(this.#rest)) {
        const { done, value } = await this.#input.next();
        if (done && this.#rest === "" && isIn(this.release, { until: "28.5" })) {
          const isOld = this.release.name === "20.10";
          if (isOld) stdout("EOF\n");
          throw new CommandError(isOld ? "" : "error while reading input: EOF");
        }
        if (done) break;
        this.#rest += new TextDecoder().decode(value);
      }
    } finally {
      if (!shown) {
        terminal?.raw(false);
        stdout("\n");
      }
    }
    const [line = "", ...more] = this.#rest.split(/[\r\n]/);
    this.#rest = more.join("\n");
    return line.trim();
  }
}
