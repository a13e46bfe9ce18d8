import { describe } from "vitest";
import { playTrace } from "./recorded.js";

describe("programs lay out what they tell of the machine as the recorded BusyBox did", () =>
  playTrace("machine-programs.json"));
