import assert from "node:assert/strict";
import fc from "fast-check";
import { Allocator } from "./allocator.ts";
import { memoryArena } from "./wasm/arena.ts";

const commands = fc.array(fc.record({ bytes: fc.nat(200_000), victim: fc.nat(12) }), {
  maxLength: 60,
});

Deno.test("blocks are aligned, zero, apart, and reused", () => {
  fc.assert(
    fc.property(commands, (list) => {
      const memory = new WebAssembly.Memory({ initial: 1, maximum: 1000 });
      const allocator = new Allocator(memoryArena(memory));
      const play = () => {
        const live: { pointer: number; bytes: number }[] = [];
        for (const { bytes, victim } of list) {
          const pointer = allocator.allocate(bytes);
          assert.ok(pointer > 0 && pointer % 64 === 0);
          const block = new Uint8Array(memory.buffer, pointer, bytes);
          assert.ok(block.every((byte) => byte === 0));
          block.fill(255);
          for (const other of live) {
            assert.ok(pointer + bytes <= other.pointer || other.pointer + other.bytes <= pointer);
          }
          live.push({ pointer, bytes });
          if (victim < live.length) allocator.free(live.splice(victim, 1)[0].pointer);
        }
        for (const { pointer } of live) allocator.free(pointer);
        return memory.buffer.byteLength;
      };
      const first = play();
      assert.equal(play(), first); // all gaps were joined again
    }),
    { numRuns: 40 },
  );
});

Deno.test("a block beyond the memory's limits is refused, and the next one is not", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 4 });
  const allocator = new Allocator(memoryArena(memory));
  assert.throws(() => allocator.allocate(5_000_000_000), {
    name: "RangeError",
    message:
      /^Cannot allocate 5000000000 bytes as a WebAssembly memory holds at most 4 GiB: it would need /,
  });
  assert.throws(() => allocator.allocate(200_000), {
    name: "RangeError",
    message:
      "Cannot allocate 200000 bytes as the machine gives no more memory: 65536 bytes are in use",
  });
  assert.ok(allocator.allocate(100_000) > 0);
});

Deno.test("what is no block cannot be freed", () => {
  const allocator = new Allocator(memoryArena(new WebAssembly.Memory({ initial: 1, maximum: 4 })));
  const pointer = allocator.allocate(10);
  allocator.free(pointer);
  assert.throws(() => allocator.free(pointer), ReferenceError);
});
