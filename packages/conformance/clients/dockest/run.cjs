// Brings the services up, waits until each is ready, runs the tests that TESTS names in Jest, and removes the services.
const { Dockest, logLevel } = require("dockest");
const { containerIsHealthyReadinessCheck } = require("dockest/readiness-check");

const dockest = new Dockest({
  composeFile: "docker-compose.yml",
  logLevel: logLevel.INFO,
  jestOpts: { ci: true, runInBand: true },
});
const db = { serviceName: "db", readinessCheck: containerIsHealthyReadinessCheck };
const web = {
  serviceName: "web",
  dependsOn: [db],
  commands: [(id) => `docker exec ${id} sh -c "wget -q -O - http://database:9000/ >/site/data.html"`],
};
dockest.run([web]);
