import { extname, join } from "node:path";
import { IMAGE_EXTENSIONS } from "../../../data/formats/image_file.ts";
import { UsageError } from "../usage_error.ts";

/**
 * The image files that a command line names: files as they are, of folders every file with an
 * image's extension, also further below, in the order of their paths. Hidden ones are left out.
 *
 * @throws {UsageError} if a path is not there, or a folder holds no image.
 */
export function imageFiles(paths: readonly string[]): string[] {
  const files = paths.flatMap((path) => {
    if (!stat(path).isDirectory) return [path];
    const found = [...below(path)].sort();
    if (found.length > 0) return found;
    throw new UsageError(
      `${path} holds no image: its files would end in ${
        IMAGE_EXTENSIONS.map((extension) => `.${extension}`).join(", ")
      }`,
    );
  });
  return [...new Set(files)];
}

function stat(path: string): Deno.FileInfo {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UsageError(`${path} is not there: give image files, or folders of them`);
  }
}

function* below(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (name.startsWith(".")) continue;
    const path = join(folder, name);
    if (isDirectory) yield* below(path);
    else if (isImage(name)) yield path;
  }
}

function isImage(name: string): boolean {
  const extension = extname(name).slice(1).toLowerCase();
  return (IMAGE_EXTENSIONS as readonly string[]).includes(extension);
}
