import assert from "node:assert/strict";
import { findSource, SOURCES } from "./sources.ts";

Deno.test("each source and each mirrored file has a name of its own", () => {
  const names = SOURCES.map(({ name }) => name);
  assert.deepEqual(names, ["mnist", "fashion-mnist"]);
  const files = SOURCES.flatMap(({ parts: { train, test } }) =>
    [train, test].flatMap(({ images, labels }) => [images, labels])
  );
  assert.equal(new Set(files.map(({ mirror }) => mirror)).size, 8);
  assert.equal(new Set(files.map(({ sha256 }) => sha256)).size, 8);
  assert.equal(new Set(files.map(({ url }) => url)).size, 8);
});

Deno.test("findSource() names what there is", () => {
  assert.equal(findSource("fashion-mnist").classes[9], "Ankle boot");
  for (const name of ["cifar", "__proto__"]) {
    assert.throws(
      () => findSource(name),
      new RangeError(
        `There is no data source ${JSON.stringify(name)}: expected one of mnist, fashion-mnist`,
      ),
    );
  }
});
