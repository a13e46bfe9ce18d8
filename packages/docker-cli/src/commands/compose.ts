import { command } from "../command/command.js";

export const compose = command({
  name: "compose",
  short: "Docker Compose",
  usage: "[OPTIONS] COMMAND",
  heading: "Management Commands",
  arguments: { least: 0 },
  interspersed: false,
  async program(words, surroundings) {
    const { runCompose } = await import("../compose/index.js");
    return runCompose(words, surroundings);
  },
  async run() {},
});
