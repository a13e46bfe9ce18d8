import { describeRecording } from "./recording.js";

describeRecording("tar, gzip, gunzip and zcat do what the recorded BusyBox did", "archive-programs.json");
