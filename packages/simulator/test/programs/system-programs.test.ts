import { describe } from "vitest";
import { playTrace } from "./recorded.js";

describe("programs for processes, files and the machine do what the recorded BusyBox did", () =>
  playTrace("system-programs.json"));
