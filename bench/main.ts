/**
 * Benchmarks: `make bench` runs all of them, `make bench BENCH=noop` one.
 *
 * Each measures against a peer in the same run, in turns, and prints medians and their ratio. A
 * peer that this machine lacks is skipped in words.
 *
 * @module
 */
import { decays } from "./decays.ts";
import { forest } from "./forest.ts";
import { kernels } from "./kernels.ts";
import { mlp } from "./mlp.ts";
import { noop } from "./noop.ts";
import { protocol } from "./protocol.ts";
import { reproduce } from "./reproduce.ts";
import { streaming } from "./streaming.ts";

const BENCHES: Record<string, () => Promise<void>> = {
  decays,
  forest,
  kernels,
  mlp,
  noop,
  protocol,
  reproduce,
  streaming,
};

const names = Deno.args.length > 0 ? Deno.args : Object.keys(BENCHES);
for (const name of names) {
  const bench = BENCHES[name];
  if (bench === undefined) {
    console.error(`There is no benchmark ${name}: there are ${Object.keys(BENCHES).join(", ")}`);
    Deno.exit(2);
  }
  await bench();
}
