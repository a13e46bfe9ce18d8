import { everyRelease } from "../json/every-release.js";
import { bool, int, list, map, mapBy, pointer, type Shape, struct, text, words } from "../json/shape.js";
import { olderHardwareAddr, port } from "../json/text-types.js";

const texts = list(text());
const nothing = struct("struct {}", {});

/** The health check of a configuration. */
export const healthcheckShape = everyRelease((pick) =>
  struct(pick("container.HealthConfig", "v1.HealthcheckConfig", "v1.HealthcheckConfig"), {
    Test: texts,
    Interval: int("time.Duration"),
    Timeout: int("time.Duration"),
    StartPeriod: int("time.Duration"),
    StartInterval: pick<Shape | undefined>(undefined, int("time.Duration"), int("time.Duration")),
    Retries: int("int"),
  }),
);

/** The configuration of a container, which images have as well. */
export const configShape = everyRelease((pick, name) => {
  const command = pick<Shape>(words, words, words, texts);
  const older = map(nothing, "nat.PortSet");
  return struct("container.Config", {
    Hostname: text(),
    Domainname: text(),
    User: text(),
    AttachStdin: bool,
    AttachStdout: bool,
    AttachStderr: bool,
    ExposedPorts: pick(older, older, older, mapBy(port, nothing)),
    Tty: bool,
    OpenStdin: bool,
    StdinOnce: bool,
    Env: texts,
    Cmd: command,
    Healthcheck: pointer(healthcheckShape[name]),
    ArgsEscaped: bool,
    Image: text(),
    Volumes: map(nothing),
    WorkingDir: text(),
    Entrypoint: command,
    NetworkDisabled: bool,
    MacAddress: pick<Shape>(text(), text(), text(), olderHardwareAddr),
    OnBuild: texts,
    Labels: map(text()),
    StopSignal: text(),
    StopTimeout: pointer(int("int")),
    Shell: command,
  });
});
