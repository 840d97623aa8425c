/**
 * A copy of the project in a folder of its own, for tests that edit sources or kill runs.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url)).replace(/\/$/, "");

/** What a command printed and how it ended. */
export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** A copy of the project. */
export class ProjectCopy implements Disposable {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /**
   * Copies the project's files as they stand. Packages are hard links, so it costs little.
   *
   * @param studies Study files by name; the copy has these studies alone.
   */
  static make(studies: Readonly<Record<string, string>>): ProjectCopy {
    const root = Deno.makeTempDirSync({ prefix: "constat copy " });
    for (const folder of ["core", "data", "stages", "pipeline", "scripts"]) {
      copyFolder(join(ROOT, folder), join(root, folder));
    }
    for (const file of ["deno.json", "deno.lock", "constat", ".deno-version"]) {
      Deno.copyFileSync(join(ROOT, file), join(root, file));
    }
    const copy = new ProjectCopy(root);
    linkTree(join(ROOT, "node_modules"), join(root, "node_modules"));
    for (const [name, text] of Object.entries(studies)) {
      copy.write(`reports/${name}/study.yaml`, text);
    }
    return copy;
  }

  path(path: string): string {
    return join(this.root, path);
  }

  read(path: string): string {
    return Deno.readTextFileSync(this.path(path));
  }

  write(path: string, text: string): void {
    Deno.mkdirSync(dirname(this.path(path)), { recursive: true });
    Deno.writeTextFileSync(this.path(path), text);
  }

  /** Replaces the one occurrence of a text in a file; fails unless there is just one. */
  edit(path: string, before: string, after: string): void {
    const parts = this.read(path).split(before);
    if (parts.length !== 2) {
      throw new Error(
        `${path} holds ${JSON.stringify(before)} ${parts.length - 1} times, not once`,
      );
    }
    this.write(path, parts.join(after));
  }

  /** The command line that runs the copy's own program. */
  commandLine(args: readonly string[]): string[] {
    return [
      "run",
      "--quiet",
      "--no-prompt",
      "--cached-only",
      `--config=${this.path("deno.json")}`,
      "--allow-read",
      "--allow-write",
      "--allow-run",
      "--allow-env",
      "--allow-sys",
      this.path("pipeline/cli/main.ts"),
      ...args,
    ];
  }

  /** Runs the copy's own program to its end. */
  async run(args: readonly string[], env: Record<string, string> = {}): Promise<CommandResult> {
    const output = await new Deno.Command(Deno.execPath(), {
      args: this.commandLine(args),
      cwd: this.root,
      env: { CI: "true", ...env },
      stdout: "piped",
      stderr: "piped",
    }).output();
    const decoder = new TextDecoder();
    return {
      code: output.code,
      stdout: decoder.decode(output.stdout),
      stderr: decoder.decode(output.stderr),
    };
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.root, { recursive: true });
  }
}

function copyFolder(from: string, to: string): void {
  Deno.mkdirSync(to, { recursive: true });
  for (const entry of Deno.readDirSync(from)) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory) copyFolder(source, target);
    else Deno.copyFileSync(source, target);
  }
}

/** Copies a tree by hard links, or by bytes where the two lie on different disks. */
function linkTree(from: string, to: string): void {
  for (const flags of [["-a", "-l"], ["-a"]]) {
    const { success } = new Deno.Command("cp", { args: [...flags, from, to], stderr: "null" })
      .outputSync();
    if (success) return;
  }
  throw new Error(`Cannot copy ${from} to ${to}`);
}
