// dockerode has native parts, which no bundler can take.
export default { serverExternalPackages: ["dockerode"] };
