import type { Rule } from "./chance.js";

/** What a simulated engine says otherwise than a real one, with the reason. */
export const exclusions: readonly Rule[] = [
  {
    where: /version|info|inspect|node ls|course\.py|^program/,
    why: "Debian marks its builds of the engine and its parts, and a release is the same whoever built it",
    apply: (text) =>
      text
        .replace(/(?<=\d)[+~](dfsg|ds)\d[^\s"]*/g, "")
        .replace(/(?<=\d)\+unknown\b/g, "")
        .replace(/^( *)(GitCommit|containerd version|runc version|init version):.*/gm, "$1$2: <build>")
        .replace(/(?<="Details":\{"GitCommit":")[^"]*/g, "<build>"),
  },
  {
    where: /version|info/,
    why: "the kernel, the system and the size of the machine: a simulated engine has none of them",
    apply: (text) =>
      text
        .replace(/^( *)(Kernel Version|Operating System|CPUs|Total Memory):.*/gm, "$1$2: <machine>")
        .replace(/(?<="KernelVersion":")[^"]*/g, "<machine>"),
  },
  {
    where: /--cpus/,
    why: "how many CPUs the machine has",
    apply: (text) =>
      text.replace(/(?<=to )[\d.]+(?=, as there are only )|(?<=only )\d+(?= CPUs)/g, "<machine>"),
  },
  {
    where: /\btop\b/,
    why: "a shell gives way to its last command (exec), which the simulator's shell runs as its own",
    apply: (text) => text.replace(/\bsh -c .*; (?=sleep \d+$)/gm, ""),
  },
];
