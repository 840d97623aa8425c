/**
 * The permissions of a node's process.
 *
 * @module
 */

/** What a node's process may touch; everything else is refused. */
export interface Permissions {
  read: readonly string[];
  write: readonly string[];
  /** Hosts with their port where it is not the default one. */
  net: readonly string[];
}

/** Deno's flags for these permissions. */
export function permissionFlags(permissions: Permissions): string[] {
  const flags = [
    `--allow-read=${list(permissions.read)}`,
    `--allow-write=${list(permissions.write)}`,
    // Packages ask for variables such as NODE_ENV as they load: they find none set.
    "--ignore-env",
  ];
  if (permissions.net.length > 0) flags.push(`--allow-net=${list(permissions.net)}`);
  return flags;
}

/** Deno splits at commas; a doubled comma is one of the path's own. */
function list(values: readonly string[]): string {
  return values.map((value) => value.replaceAll(",", ",,")).join(",");
}
