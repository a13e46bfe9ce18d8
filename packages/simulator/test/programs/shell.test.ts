import { describeRecording } from "./recording.js";

describeRecording("a shell does what the recorded BusyBox did", "shell.json");
