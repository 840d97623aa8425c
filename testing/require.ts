/**
 * Tests that need what a bare machine lacks: they are skipped in words, and where
 * `CONSTAT_REQUIRE=all` is set the missing thing is a failure.
 *
 * @module
 */

/** Something that a test needs besides Deno and the npm packages. */
export interface Need {
  /** What it is, for the reader: `Fashion-MNIST`. */
  name: string;
  /** Path that must exist; undefined is missing. */
  path: string | undefined;
  /** How to bring it: `set CONSTAT_MIRROR to a folder that holds fashion-mnist/`. */
  remedy?: string;
}

const reported = new Set<string>();

/**
 * Options for `Deno.test` that skip a test whose needs are not met, with a printed reason.
 *
 * With `CONSTAT_REQUIRE=all` a missing thing becomes a failing test of its own instead.
 *
 * @param wanted Names of programs on the `PATH`, or {@linkcode Need}s.
 *
 * @example
 * ```ts ignore
 * Deno.test({
 *   name: "digests are the same on arm64",
 *   ...needs("qemu-aarch64"),
 *   fn() {},
 * });
 * ```
 */
export function needs(...wanted: readonly (string | Need)[]): { ignore: boolean } {
  const missing = unmet(wanted);
  for (const { name, remedy } of missing) {
    const reason = remedy === undefined ? `needs ${name}` : `needs ${name}: ${remedy}`;
    if (reported.has(reason)) continue;
    reported.add(reason);
    if (Deno.env.get("CONSTAT_REQUIRE") === "all") {
      Deno.test(`a test here ${reason}`, () => {
        throw new Error(`Nothing may be skipped as CONSTAT_REQUIRE is "all", and a test ${reason}`);
      });
    } else {
      console.log(`skipped: ${reason}`);
    }
  }
  return { ignore: missing.length > 0 };
}

/** Those of the wanted things that this machine lacks. */
export function unmet(wanted: readonly (string | Need)[]): Need[] {
  return wanted.map((want) => typeof want === "string" ? program(want) : want)
    .filter(({ path }) => path === undefined || !exists(path));
}

function program(name: string): Need {
  const folders = (Deno.env.get("PATH") ?? "").split(":").filter((folder) => folder !== "");
  const path = folders.map((folder) => `${folder}/${name}`).find(exists);
  return { name, path, remedy: "it is not on the PATH" };
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}
