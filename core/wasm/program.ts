/**
 * Programs: sequences of kernel calls that WebAssembly runs for many steps without coming back.
 *
 * A program is recorded as one step's calls with their arguments. In memory it is
 *
 * - code: for each call the kernel's number and its arguments, one word of 32 bits each, then 0;
 * - advances: pairs of a word's address and what is added to it after each step, for arguments
 *   that point into an array of all steps (a batch's indices, labels, losses);
 * - columns: addresses of words that are set before each step from the table;
 * - table: a row of words for each step (learning rates, bias corrections, a mask's number).
 *
 * As the words change while it runs, each thread has a copy of all but the table.
 *
 * What is to run inside WebAssembly needs no more than a kernel, its line in `instructions.ts` and
 * its case in `assembly/program.ts`: layers, activations, dropout and optimisers alike.
 *
 * @module
 */
import type { Handle } from "../handle.ts";
import type { Block } from "./block.ts";
import { pointer } from "./block.ts";
import { type Instruction, INSTRUCTIONS } from "./instructions.ts";

/** An argument of a kernel: a number, or an array, or 0 for none. */
export type Argument = number | Handle<Block> | undefined;

/** Numbers that change from step to step: the first's place among the arguments, a row a step. */
export interface Varying {
  first: number;
  rows: readonly (readonly number[])[];
}

/** Records calls, and lays them out in memory. */
export class Program {
  readonly #steps: number;
  readonly #words = new DataView(new ArrayBuffer(65536));
  readonly #advances: { at: number; bytes: number }[] = [];
  readonly #columns: { at: number; type: string; values: readonly number[] }[] = [];
  #length = 0;

  constructor(steps: number) {
    this.#steps = steps;
  }

  /**
   * Adds a call.
   *
   * @throws {RangeError} if the program is longer than 16,383 words.
   */
  add(name: Instruction, values: readonly Argument[], varying?: Varying): void {
    const { code, parameters } = INSTRUCTIONS[name];
    if (values.length !== parameters.length) {
      throw new TypeError(
        `Cannot record ${name} as it has ${parameters.length} arguments: ${values.length} were given`,
      );
    }
    this.#push(code, "i");
    values.forEach((value, i) => {
      const at = this.#length;
      if (typeof value === "object" && value.advance !== 0) {
        this.#advances.push({ at, bytes: value.advance * 4 });
      }
      if (varying && i >= varying.first && i < varying.first + varying.rows[0].length) {
        const column = i - varying.first;
        const values = varying.rows.map((row) => row[column]);
        this.#columns.push({ at, type: parameters[i], values });
      }
      this.#push(typeof value === "number" ? value : pointer(value), parameters[i]);
    });
  }

  #push(value: number, type: string): void {
    if (this.#length + 8 > this.#words.byteLength) {
      throw new RangeError(
        "Cannot record the program as it has more than 16,383 words: split the body",
      );
    }
    put(this.#words, this.#length, value, type);
    this.#length += 4;
  }

  /** Bytes of what each thread has a copy of. */
  get #copyBytes(): number {
    const bytes = this.#length + 4 + this.#advances.length * 8 + this.#columns.length * 4;
    return Math.ceil(bytes / 64) * 64;
  }

  /** Bytes that the program takes for so many threads. */
  bytes(threads: number): number {
    return threads * this.#copyBytes + this.#steps * this.#columns.length * 4;
  }

  /**
   * Writes the program to memory that begins at `at`, a copy for each thread.
   *
   * @param arguments_ Where to write what `assembly/threads.ts` reads at the meeting.
   */
  write(memory: WebAssembly.Memory, at: number, threads: number, arguments_: number): void {
    const stride = this.#copyBytes;
    for (let thread = 0; thread < threads; thread++) this.#writeCopy(memory, at + thread * stride);
    const view = new DataView(memory.buffer);
    const table = at + threads * stride;
    const width = this.#columns.length * 4;
    this.#columns.forEach(({ type, values }, column) =>
      values.forEach((value, step) => put(view, table + step * width + column * 4, value, type))
    );
    const advances = at + this.#length + 4;
    const columns = advances + this.#advances.length * 8;
    [
      stride,
      at,
      advances,
      this.#advances.length,
      columns,
      this.#columns.length,
      table,
      this.#steps,
    ].forEach((word, i) => view.setUint32(arguments_ + i * 4, word, true));
  }

  #writeCopy(memory: WebAssembly.Memory, at: number): void {
    const view = new DataView(memory.buffer);
    new Uint8Array(memory.buffer, at, this.#length)
      .set(new Uint8Array(this.#words.buffer, 0, this.#length));
    view.setInt32(at + this.#length, 0, true);
    let to = at + this.#length + 4;
    for (const advance of this.#advances) {
      view.setUint32(to, at + advance.at, true);
      view.setUint32(to + 4, advance.bytes, true);
      to += 8;
    }
    for (const column of this.#columns) {
      view.setUint32(to, at + column.at, true);
      to += 4;
    }
  }
}

/** Writes a binary32 or an integer. */
function put(view: DataView, at: number, value: number, type: string): void {
  if (type === "f") view.setFloat32(at, value, true);
  else view.setUint32(at, value, true);
}
