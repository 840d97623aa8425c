/** The kills of `kill_test.ts`, many times. */
import { killAndRerun } from "../../testing/kill_runs.ts";
import { needs } from "../../testing/require.ts";

Deno.test({
  name: "fifty runs that were killed with -9 at random times are finished by plain reruns",
  ...needs("setsid"),
  fn: () => killAndRerun(50, 12),
});
