/**
 * The code closure of a step: everything that its process loads, in a form in which comments,
 * types and layout make no difference.
 *
 * @module
 */
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { canonicalDigest } from "../canonical.ts";
import { areSettled, type FileIndex, stampsOf } from "./file_index.ts";

/** What a step's result depends on, of its code. */
export interface CodeClosure {
  /** SHA-256 over {@linkcode files} and {@linkcode packages}. */
  digest: string;
  /** SHA-256 of the canonical form of each source file, by path below the project's root. */
  files: Readonly<Record<string, string>>;
  /** Integrity of each npm package as `deno.lock` holds it, by `name@version`. */
  packages: Readonly<Record<string, string>>;
  /** Absolute path of each source file, with the stamp of the state that {@linkcode files} tells of. */
  stamps: Readonly<Record<string, string>>;
}

interface Graph {
  /** For each module specifier: specifiers of the modules that it loads. */
  edges: Record<string, string[]>;
  /** Stamp of each file that the graph was read from. */
  stamps: Record<string, string>;
  /** When the stamps were taken. */
  made: number;
}

interface LockedPackage {
  integrity?: string;
  dependencies?: string[];
  optionalPeers?: string[];
}

/** Finds code closures of modules of one project. */
export class ClosureFinder {
  readonly #root: string;
  readonly #index: FileIndex;
  readonly #denoPath: string;
  readonly #closures = new Map<string, CodeClosure>();
  #graph: Graph | undefined;
  #packages: Record<string, LockedPackage> | undefined;

  constructor(root: string, index: FileIndex, denoPath: string = Deno.execPath()) {
    this.#root = root;
    this.#index = index;
    this.#denoPath = denoPath;
  }

  /** Reads the module graph of all these modules at once; later calls of `of` then cost little. */
  prepare(modules: readonly string[]): void {
    const roots = [...new Set(modules)].sort();
    const name = `graph:${roots.join(" ")}`;
    const remembered = this.#index.recall<Graph>(name);
    // Its own stamps count: another graph's hashing may have brought the index up to date since.
    const known = remembered !== undefined && areSettled(remembered.stamps, remembered.made);
    this.#graph = known ? remembered : this.#readGraph(roots);
    if (!known) this.#index.remember(name, this.#graph);
    this.#closures.clear();
  }

  /**
   * The closure of modules that were prepared.
   *
   * @param modules URLs of the modules that a step's process starts from.
   * @throws {Error} if one was not prepared.
   */
  of(modules: readonly string[]): CodeClosure {
    const name = modules.join(" ");
    const known = this.#closures.get(name);
    if (known !== undefined) return known;
    const graph = this.#graph;
    const missing = modules.find((module) => graph?.edges[module] === undefined);
    if (graph === undefined || missing !== undefined) {
      throw new Error(`Cannot tell the code closure as the module was not prepared: ${missing}`);
    }
    const closure = this.#collect(graph, modules);
    this.#closures.set(name, closure);
    return closure;
  }

  #collect(graph: Graph, modules: readonly string[]): CodeClosure {
    const seen = new Set<string>(modules);
    const packages = new Set<string>();
    for (const module of seen) {
      for (const next of graph.edges[module] ?? []) {
        if (next === "node:module") {
          throw new Error(
            `${
              relative(this.#root, fileURLToPath(module))
            } imports node:module, which loads code ` +
              `that no key holds: a step may not. Import what it needs by name`,
          );
        }
        const name = packageOf(next);
        if (name !== undefined) packages.add(name);
        else if (isFile(next)) seen.add(next);
      }
    }
    const paths = [...seen].map((url) => fileURLToPath(url)).sort();
    const files: Record<string, string> = {};
    for (const path of paths) files[relative(this.#root, path)] = this.#index.form(path);
    const integrity = this.#integrity(packages);
    return {
      digest: canonicalDigest({ files, packages: integrity }),
      files,
      packages: integrity,
      stamps: Object.fromEntries(paths.map((path) => [path, this.#index.stamp(path)])),
    };
  }

  /** Integrity of packages and of all that they depend on. */
  #integrity(direct: ReadonlySet<string>): Record<string, string> {
    const locked = this.#locked();
    const all = new Set<string>();
    for (const name of direct) {
      // Folders spell a version with the peers it was resolved with; the lock has the longest match.
      const id = Object.keys(locked).find((id) => id === name) ??
        Object.keys(locked).find((id) => id.startsWith(`${name}_`));
      if (id === undefined) {
        throw new Error(
          `deno.lock does not hold the npm package ${name}: run \`deno install --frozen=false\``,
        );
      }
      all.add(id);
    }
    for (const id of all) {
      for (const dependency of locked[id]?.dependencies ?? []) {
        const next = findDependency(locked, dependency);
        if (next !== undefined) all.add(next);
      }
    }
    return Object.fromEntries([...all].sort().map((id) => [id, locked[id]?.integrity ?? ""]));
  }

  #locked(): Record<string, LockedPackage> {
    if (this.#packages === undefined) {
      const lock = JSON.parse(Deno.readTextFileSync(join(this.#root, "deno.lock")));
      this.#packages = (lock.npm ?? {}) as Record<string, LockedPackage>;
    }
    return this.#packages;
  }

  #configs(): string[] {
    return ["deno.json", "deno.lock"].map((name) => join(this.#root, name));
  }

  #readGraph(roots: readonly string[]): Graph {
    const entry = roots.map((url) => `import ${JSON.stringify(url)};`).join("");
    const result = new Deno.Command(this.#denoPath, {
      args: [
        "info",
        "--json",
        "--config",
        join(this.#root, "deno.json"),
        `data:text/javascript,${encodeURIComponent(entry)}`,
      ],
      cwd: this.#root,
      stdout: "piped",
      stderr: "piped",
    }).outputSync();
    if (!result.success) {
      throw new Error(`Cannot read the module graph: ${new TextDecoder().decode(result.stderr)}`);
    }
    const edges: Record<string, string[]> = {};
    const modules = JSON.parse(new TextDecoder().decode(result.stdout)).modules as InfoModule[];
    for (const module of modules) {
      if (module.error !== undefined) {
        throw new Error(`Cannot load ${module.specifier}: ${module.error}`);
      }
      if (!isFile(module.specifier) || packageOf(module.specifier) !== undefined) continue;
      edges[module.specifier] = (module.dependencies ?? []).flatMap((dependency) => {
        if (dependency.code?.error !== undefined) {
          throw new Error(
            `Cannot load ${dependency.specifier} from ${module.specifier}: ${dependency.code.error}`,
          );
        }
        return dependency.code?.specifier === undefined ? [] : [dependency.code.specifier];
      });
    }
    const paths = [...Object.keys(edges).map((url) => fileURLToPath(url)), ...this.#configs()];
    return { edges, stamps: stampsOf(paths), made: Date.now() };
  }
}

interface InfoModule {
  specifier: string;
  error?: string;
  dependencies?: {
    specifier: string;
    /** Missing where only the types are imported. */
    code?: { specifier?: string; error?: string };
  }[];
}

function isFile(specifier: string): boolean {
  return specifier.startsWith("file://");
}

/** `name@version` of the npm package that a module belongs to, or undefined. */
export function packageOf(specifier: string): string | undefined {
  const inFolder = specifier.match(/\/node_modules\/\.deno\/([^/]+)\/node_modules\//);
  if (inFolder?.[1] !== undefined) return decodeURIComponent(inFolder[1]).replaceAll("+", "/");
  const byName = specifier.match(/^npm:\/?((?:@[^/]+\/)?[^@/]+@[^/]+)/);
  return byName?.[1];
}

/** The lock names a dependency by `name` where one version is locked, else by `name@version`. */
function findDependency(locked: Record<string, LockedPackage>, name: string): string | undefined {
  if (locked[name] !== undefined) return name;
  return Object.keys(locked).find((id) => id.startsWith(`${name}@`));
}

/** Folders of npm packages below `node_modules`, for the sandbox to allow. */
export function packageFolders(root: string, packages: readonly string[]): string[] {
  const base = join(root, "node_modules", ".deno");
  return packages.map((id) => join(base, id.replaceAll("/", "+")));
}
