const { transformSync } = require("esbuild");

const options = {
  loader: "ts",
  format: "cjs",
  target: "node20",
  sourcemap: "inline",
  // Jest has no import() without a flag of Node's.
  supported: { "dynamic-import": false },
};

/** Makes CommonJS of TypeScript. */
exports.process = (source, sourcefile) => transformSync(source, { ...options, sourcefile });
