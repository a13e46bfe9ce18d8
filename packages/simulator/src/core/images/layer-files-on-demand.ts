// Loads `layer-files.ts`, which is needed once somebody looks at the files of an image that came as an archive.

type LayerFiles = typeof import("./layer-files.js");

let loaded: LayerFiles | undefined;
let loading: Promise<void> | undefined;

/** Loads the files of layers. Returns `undefined` once they are there. A load that fails is tried again by the next call. */
export function loadLayerFiles(): Promise<void> | undefined {
  if (loaded) return undefined;
  loading ??= import("./layer-files.js").then(
    (parts) => {
      loaded = parts;
    },
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** Returns what makes the files of layers. @throws {Error} {@link loadLayerFiles} has not loaded it */
export function loadedLayerFiles(): LayerFiles {
  if (!loaded) throw new Error("the files of layers are not loaded: call loadPrograms before somebody looks");
  return loaded;
}
