// What the page loads first: its looks, and the worker, which loads its parts while the page loads its own.
import "@xterm/xterm/css/xterm.css";
import "./page.css";
import "./engine.js";

void import("./main.js");
