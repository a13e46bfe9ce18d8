import { describe } from "vitest";
import { playTrace } from "./recorded.js";

describe("programs for texts and bytes do what the recorded BusyBox did", () =>
  playTrace("text-programs.json"));
