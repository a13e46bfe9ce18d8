// What clients print differently on a simulated engine and on a real one, with reasons. `transcript.ts`
// applies these rules beside those of `chance.ts`.

import type { Rule } from "./chance.js";

/** Output in which a simulated engine differs from a real one. */
export const exclusions: readonly Rule[] = [
  {
    where: /version|info|inspect|node ls|course\.(py|rb)|^program/,
    why: "Debian marks its builds of the engine and its parts, and a release is the same whoever built it.",
    apply: (text) =>
      text
        .replace(/(?<=\d)[+~](dfsg|ds)\d[^\s"]*/g, "")
        .replace(/(?<=\d)\+unknown\b/g, "")
        .replace(/^( *)(GitCommit|containerd version|runc version|init version):.*/gm, "$1$2: <build>")
        .replace(/(?<="Details":\{"GitCommit":")[^"]*/g, "<build>"),
  },
  {
    where: /version|info/,
    why: "A simulated engine has no kernel, system or memory of its own to describe.",
    apply: (text) =>
      text
        .replace(/^( *)(Kernel Version|Operating System|CPUs|Total Memory):.*/gm, "$1$2: <machine>")
        .replace(/(?<="KernelVersion":")[^"]*/g, "<machine>"),
  },
  {
    where: /--cpus/,
    why: "The number of CPUs is the machine's.",
    apply: (text) =>
      text.replace(/(?<=to )[\d.]+(?=, as there are only )|(?<=only )\d+(?= CPUs)/g, "<machine>"),
  },
  {
    where: /\btop\b/,
    why: "A real shell replaces itself by its last command (exec). The simulator's shell runs it as a child.",
    apply: (text) => text.replace(/\bsh -c .*; (?=sleep \d+$)/gm, ""),
  },
];
