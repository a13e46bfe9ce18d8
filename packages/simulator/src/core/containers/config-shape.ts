import { everyRelease } from "../json/every-release.js";
import { bool, int, list, map, pointer, type Shape, struct, text, words } from "../json/shape.js";

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
export const configShape = everyRelease((_, name) =>
  struct("container.Config", {
    Hostname: text(),
    Domainname: text(),
    User: text(),
    AttachStdin: bool,
    AttachStdout: bool,
    AttachStderr: bool,
    ExposedPorts: map(nothing, "nat.PortSet"),
    Tty: bool,
    OpenStdin: bool,
    StdinOnce: bool,
    Env: texts,
    Cmd: words,
    Healthcheck: pointer(healthcheckShape[name]),
    ArgsEscaped: bool,
    Image: text(),
    Volumes: map(nothing),
    WorkingDir: text(),
    Entrypoint: words,
    NetworkDisabled: bool,
    MacAddress: text(),
    OnBuild: texts,
    Labels: map(text()),
    StopSignal: text(),
    StopTimeout: pointer(int("int")),
    Shell: words,
  }),
);
