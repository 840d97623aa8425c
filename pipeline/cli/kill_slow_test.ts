/** The kills of `kill_test.ts`, many times. */
import { killAndRerun } from "../../testing/kill_runs.ts";
import { needs } from "../../testing/require.ts";

Deno.test({
  name: "fifty runs that were killed with -9 at random times are finished by plain reruns",
  ...needs("setsid"),
  // Two projects at a time, each with half of the kills.
  async fn() {
    await Promise.all([killAndRerun(25, 6), killAndRerun(25, 6)]);
  },
});
