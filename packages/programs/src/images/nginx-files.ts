// What the package of nginx brings: its configuration, its pages, and the scripts that the image runs before it.
import { md5 } from "../digests/md5.js";
import type { EntryScript } from "./facts.js";
import { mediaTypes } from "./media-types.js";

function typesFile(): string {
  const lines = mediaTypes.split("\n").flatMap((line) => {
    const [type, ...extensions] = line.split(" ");
    return type ? [`    ${type.padEnd(76)} ${extensions.join(" ")};\n`] : [];
  });
  return `\ntypes {\n${lines.join("")}}\n`;
}

const nginxConf = `
user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;
    #tcp_nopush     on;

    keepalive_timeout  65;

    #gzip  on;

    include /etc/nginx/conf.d/*.conf;
}
`;

const defaultConf = `server {
    listen       80;
    server_name  localhost;

    #access_log  /var/log/nginx/host.access.log  main;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    #error_page  404              /404.html;

    # redirect server error pages to the static page /50x.html
    #
    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}

`;

/** The page that is there before anybody has put one. */
const welcome = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;

const failure = `<!DOCTYPE html>
<html>
<head>
<title>Error</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>An error occurred.</h1>
<p>Sorry, the page you are looking for is currently unavailable.<br/>
Please try again later.</p>
<p>If you are the system administrator of this resource then you should check
the error log for details.</p>
<p><em>Faithfully yours, nginx.</em></p>
</body>
</html>
`;

/** Says something, unless the environment asks for silence. */
const say = 'say() { [ -n "$NGINX_ENTRYPOINT_QUIET_LOGS" ] || echo "$@"; }\n';

const entrypoint = `#!/bin/sh
set -e
${say}
scripts=/docker-entrypoint.d/
case $1 in
nginx|nginx-debug)
  if [ -n "$(find $scripts -mindepth 1 -maxdepth 1 -type f 2>/dev/null)" ]; then
    say "$0: $scripts is not empty, will attempt to perform configuration"
    say "$0: Looking for shell scripts in $scripts"
    for script in $(find $scripts -type f | sort); do
      case $script in
      *.sh|*.envsh)
        if [ ! -x "$script" ]; then
          say "$0: Ignoring $script, not executable"
        elif [ "\${script%.envsh}" != "$script" ]; then
          say "$0: Sourcing $script"
          . "$script"
        else
          say "$0: Launching $script"
          "$script"
        fi
        ;;
      *) say "$0: Ignoring $script" ;;
      esac
    done
    say "$0: Configuration complete; ready for start up"
  else
    say "$0: No files found in $scripts, skipping configuration"
  fi
  ;;
esac
exec "$@"
`;

function listenOnIPv6(): string {
  const sum = [...md5(new TextEncoder().encode(defaultConf))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  return `#!/bin/sh
set -e
${say}
name=\${0##*/}
file=/etc/nginx/conf.d/default.conf
stop() { say "$name: info: $1"; exit 0; }
[ -f /proc/net/if_inet6 ] || stop "ipv6 not available"
[ -f $file ] || stop "$file is not a file or does not exist"
touch $file 2>/dev/null || stop "can not modify $file (read-only file system?)"
if grep -q 'listen  \\[::]:80;' $file; then stop "IPv6 listen already enabled"; fi
[ -f /etc/os-release ] || stop "can not guess the operating system"
say "$name: info: Getting the checksum of $file"
[ "$(md5sum <$file)" = "${sum}  -" ] || stop "$file differs from the packaged version"
sed -i 's/listen       80;/&\\n    listen  [::]:80;/' $file
say "$name: info: Enabled listen on IPv6 in $file"
`;
}

const localResolvers = `if [ -n "$NGINX_ENTRYPOINT_LOCAL_RESOLVERS" ]; then
  NGINX_LOCAL_RESOLVERS=$(awk '$1 == "nameserver" { printf "%s%s", space, ($2 ~ ":") ? "[" $2 "]" : $2; space = " " }' /etc/resolv.conf)
  export NGINX_LOCAL_RESOLVERS
fi
`;

const templates = `#!/bin/sh
set -e
${say}
name=\${0##*/}
from=\${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}
suffix=\${NGINX_ENVSUBST_TEMPLATE_SUFFIX:-.template}
to=\${NGINX_ENVSUBST_OUTPUT_DIR:-/etc/nginx/conf.d}
[ -d "$from" ] || exit 0
if [ ! -w "$to" ]; then
  say "$name: ERROR: $from exists, but $to is not writable"
  exit 0
fi
wanted=$(env | sed 's/=.*//' | grep -E "\${NGINX_ENVSUBST_FILTER:-}" | sed 's/.*/\\\${&}/' | tr '\\n' ' ')
find "$from" -type f -name "*$suffix" | while read -r template; do
  path=\${template#"$from/"}
  target="$to/\${path%"$suffix"}"
  mkdir -p "\${target%/*}"
  say "$name: Running envsubst on $template to $target"
  envsubst "$wanted" <"$template" >"$target"
done
`;

const tuneWorkers = `#!/bin/sh
[ -n "$NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE" ] || exit 0
sed -i "s/^worker_processes.*/worker_processes $(nproc);/" /etc/nginx/nginx.conf
`;

/** The files of the package and of the image, with their modes. */
export function nginxFiles(): {
  readonly texts: Readonly<Record<string, string>>;
  readonly modes: string;
  readonly script: EntryScript;
} {
  return {
    texts: {
      "/etc/nginx/nginx.conf": nginxConf,
      "/etc/nginx/mime.types": typesFile(),
      "/etc/nginx/conf.d/default.conf": defaultConf,
      "/usr/share/nginx/html/index.html": welcome,
      "/usr/share/nginx/html/50x.html": failure,
      "/docker-entrypoint.d/10-listen-on-ipv6-by-default.sh": listenOnIPv6(),
      "/docker-entrypoint.d/15-local-resolvers.envsh": localResolvers,
      "/docker-entrypoint.d/20-envsubst-on-templates.sh": templates,
      "/docker-entrypoint.d/30-tune-worker-processes.sh": tuneWorkers,
    },
    modes: `
775 /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh
775 /docker-entrypoint.d/15-local-resolvers.envsh
775 /docker-entrypoint.d/20-envsubst-on-templates.sh
775 /docker-entrypoint.d/30-tune-worker-processes.sh
`,
    script: { path: "/docker-entrypoint.sh", text: entrypoint, starter: "nginx-entrypoint" },
  };
}
