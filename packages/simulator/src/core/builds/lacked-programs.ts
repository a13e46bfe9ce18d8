// Programs that images have for building, and the simulator does not. A build leaves the step out that needs one, unless it is
// strict: nobody tests what `npm install` does by a simulator, but much of what stands below it.

/** What installs, downloads and compiles. */
const usual: ReadonlySet<string> = new Set(
  [
    // Packages of systems.
    "apk apt apt-get apt-cache aptitude dpkg dnf yum microdnf rpm zypper pacman tdnf",
    "add-apt-repository apt-key gpg dirmngr update-ca-certificates update-alternatives locale-gen",
    // Packages of languages.
    "npm npx yarn pnpm corepack bun deno node pip pip3 pipx pipenv poetry uv conda mamba python python3",
    "gem bundle bundler rake ruby composer php docker-php-ext-install docker-php-ext-configure",
    "docker-php-ext-enable pecl pear cargo rustup rustc go mvn mvnw gradle gradlew java javac sbt lein",
    "dotnet nuget mix rebar3 elixir erl stack cabal ghc opam dart flutter swift perl cpan cpanm luarocks",
    // Compilers and tools.
    "gcc g++ cc c++ clang clang++ make cmake ninja meson autoconf automake ld git svn hg wget2 protoc jq",
    // Users and rights: those that no system has here, and Debian's adduser.
    "groupmod adduser addgroup deluser delgroup chpasswd gosu setcap systemctl",
  ].flatMap((line) => line.split(" ")),
);

/** Returns the program of a command, if it is one of those. */
export function lackedProgram([command = ""]: readonly string[]): string | undefined {
  const name = command.slice(command.lastIndexOf("/") + 1);
  return usual.has(name) ? name : undefined;
}

/** Returns the program that a shell has not found, or that the simulator says it lacks. */
export function lackedIn(errors: string): string | undefined {
  for (const line of errors.split("\n")) {
    const lacked = /^(\S+): the simulator has no such program/.exec(line)?.[1];
    if (lacked !== undefined) return lacked;
    const missing = /(?:^|: )([^\s:]+): (?:command )?not found\r?$/.exec(line)?.[1];
    const name = missing === undefined ? undefined : lackedProgram([missing]);
    if (name !== undefined) return name;
  }
  return undefined;
}
