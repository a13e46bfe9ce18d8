// What becomes of a package.json when `pnpm pack` and `pnpm publish` put it into a tarball.

/** The condition under which packages of this repository read one another's source, which is not published. */
const source = "@dryharbor/source";

const withoutSource = (value) =>
  typeof value === "object"
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, each]) => (key === source ? [] : [[key, withoutSource(each)]])),
      )
    : value;

/** Where the package is developed, which the service that builds it knows. A build elsewhere does not say. */
function repositoryOf(directory) {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;
  if (!server || !name) return {};
  const inside = require("node:path").relative(__dirname, directory).replaceAll("\\", "/");
  return { repository: { type: "git", url: `git+${server}/${name}.git`, directory: inside } };
}

/**
 * Peers of ours in the version of the package. In this repository their range is wide: a release that leaves the range of a
 * peer would count as a breaking one.
 */
const sameVersion = (version, peers) =>
  Object.fromEntries(
    Object.entries(peers).map(([name, range]) => [
      name,
      name.startsWith("@dryharbor/") ? `^${version}` : range,
    ]),
  );

module.exports = {
  hooks: {
    beforePacking(packed, directory) {
      const { scripts: _scripts, devDependencies: _dev, exports, peerDependencies, ...manifest } = packed;
      return {
        ...manifest,
        ...(exports && { exports: withoutSource(exports) }),
        ...(peerDependencies && { peerDependencies: sameVersion(manifest.version, peerDependencies) }),
        ...repositoryOf(directory),
      };
    },
  },
};
