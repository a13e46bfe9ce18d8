import { describeRecording } from "./recording.js";

describeRecording("programs for texts and bytes do what the recorded BusyBox did", "text-programs.json");
