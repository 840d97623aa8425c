/**
 * Programs: sequences of kernel calls that WebAssembly runs for many steps without coming back.
 *
 * A program is recorded as one step's calls with their arguments. In memory it is
 *
 * - code: for each call the kernel's number and its arguments, one word of 32 bits each, then 0;
 * - advances: pairs of a word's address and what is added to it after each step, for arguments
 *   that point into an array of all steps (a batch's indices, labels, losses);
 * - columns: addresses of words that are set before each step from the table;
 * - table: a row of binary32 for each step (learning rates, bias corrections).
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

/** Scalars that change from step to step: the first's place among the arguments, a row a step. */
export interface Varying {
  first: number;
  rows: readonly (readonly number[])[];
}

/** Where the parts of a program are, as the kernel `run` takes them. */
export interface Layout {
  code: number;
  advances: number;
  advanceCount: number;
  columns: number;
  columnCount: number;
  table: number;
}

/** Records calls, and lays them out in memory. */
export class Program {
  readonly #steps: number;
  readonly #words = new DataView(new ArrayBuffer(65536));
  readonly #advances: { at: number; bytes: number }[] = [];
  readonly #columns: { at: number; values: readonly number[] }[] = [];
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
        this.#columns.push({ at, values: varying.rows.map((row) => row[column]) });
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
    if (type === "f") this.#words.setFloat32(this.#length, value, true);
    else this.#words.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  /** Bytes that the program takes. */
  get bytes(): number {
    const { length } = this.#columns;
    return this.#length + 4 + this.#advances.length * 8 + length * 4 + this.#steps * length * 4;
  }

  /** Writes the program to memory that begins at `code`. */
  write(memory: WebAssembly.Memory, code: number): Layout {
    const view = new DataView(memory.buffer);
    new Uint8Array(memory.buffer, code, this.#length)
      .set(new Uint8Array(this.#words.buffer, 0, this.#length));
    view.setInt32(code + this.#length, 0, true);
    const advances = code + this.#length + 4;
    this.#advances.forEach(({ at, bytes }, i) => {
      view.setUint32(advances + i * 8, code + at, true);
      view.setUint32(advances + i * 8 + 4, bytes, true);
    });
    const columns = advances + this.#advances.length * 8;
    const table = columns + this.#columns.length * 4;
    const width = this.#columns.length * 4;
    this.#columns.forEach(({ at, values }, column) => {
      view.setUint32(columns + column * 4, code + at, true);
      values.forEach((value, step) =>
        view.setFloat32(table + step * width + column * 4, value, true)
      );
    });
    return {
      code,
      advances,
      advanceCount: this.#advances.length,
      columns,
      columnCount: this.#columns.length,
      table,
    };
  }
}
