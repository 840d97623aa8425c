/**
 * The regularisation protocol as a study: softmax regression on HOG embeddings of 20,000
 * images of Fashion-MNIST, a tenth of them for validation, 90 epochs for each of eleven weight decays, through the engine; against
 * the same protocol in PyTorch on the same embeddings. It needs the images (`CONSTAT_MIRROR`, or the
 * network).
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { Metrics } from "../data/artifacts/metrics.ts";
import { loadStudy, planStudy } from "../pipeline/study/mod.ts";
import { STAGES } from "../pipeline/cli/stages.ts";
import { openEngine } from "../pipeline/cli/project.ts";
import { runTorch } from "./torch.ts";

const STUDY = fileURLToPath(new URL("protocol/study.yaml", import.meta.url));

/** What `protocol_torch.py` prints. */
interface TorchResults {
  threads: number;
  seconds: number;
  accuracy: number[];
  loss: number[];
}

/** Measures and prints. */
export async function protocol(): Promise<void> {
  console.log("protocol: eleven weight decays, 90 epochs each, on HOG of Fashion-MNIST");
  const store = await Deno.makeTempDir({ prefix: "constat-protocol-" });
  try {
    await using engine = openEngine({ store });
    const plan = planStudy(await loadStudy(STUDY, {}), STAGES, {});
    const before = plan.nodes.filter(({ step }) => !/^(train|evaluate|report)/.test(step.name));
    const started = performance.now();
    const { nodes, failed, unavailable } = await engine.run(plan, () => {});
    const whole = (performance.now() - started) / 1000;
    if (unavailable !== undefined) return console.log(`  skipped: ${unavailable}`);
    if (failed > 0) throw new Error(`${failed} nodes of ${STUDY} failed`);
    const records = new Map(
      [...nodes].flatMap(([id, node]) => "record" in node ? [[id, node.record] as const] : []),
    );
    const seconds = (test: (step: string) => boolean) =>
      plan.nodes.filter(({ step }) => test(step.name))
        .reduce((sum, { id }) => sum + records.get(id)!.measured.seconds, 0);
    const artifact = (port: string) => {
      const node = before.findLast(({ step }) => Object.hasOwn(step.outputs, port))!;
      return engine.store.artifactPath(records.get(node.id)!.outputs[port].digest);
    };
    const fits = plan.nodes.filter(({ step }) => step.name === "train.fit");
    const decays = fits.map(({ params }) =>
      (params as { hyperparameters: { weightDecay: number } }).hyperparameters.weightDecay
    );
    const metrics = plan.nodes.filter(({ step }) => step.name === "evaluate.model").map(({ id }) =>
      JSON.parse(Deno.readTextFileSync(
        engine.store.artifactPath(records.get(id)!.outputs.metrics.digest),
      )) as Metrics
    );
    console.log(
      `  ours    ${whole.toFixed(1)} s for the whole study, of which trainings ${
        (seconds((name) => name === "train.fit") / engine.jobs).toFixed(1)
      } s on ${engine.jobs} cores`,
    );
    const torch = runTorch<TorchResults>("protocol_torch.py", {
      embeddings: artifact("embeddings"),
      samples: artifact("samples"),
      classes: artifact("classes"),
      partition: artifact("partition"),
      decays,
      epochs: 90,
    });
    if (torch === undefined) return;
    const { results: peer, version } = torch;
    console.log(
      `  PyTorch ${version} ${
        peer.seconds.toFixed(1)
      } s for its trainings, ${peer.threads} thread(s)`,
    );
    console.log("  decay      accuracy  PyTorch  points   loss    PyTorch  ratio");
    decays.forEach((decay, i) => {
      const { accuracy, logLoss } = metrics[i].scores;
      console.log(
        `  ${String(decay).padEnd(9)}  ${accuracy!.toFixed(4)}    ${
          peer.accuracy[i].toFixed(4)
        }   ${((accuracy! - peer.accuracy[i]) * 100).toFixed(2).padStart(5)}   ${
          logLoss!.toFixed(4)
        }  ${peer.loss[i].toFixed(4)}   ${(logLoss! / peer.loss[i]).toFixed(4)}`,
      );
    });
    const best = (values: readonly number[], sign: number) =>
      decays[values.indexOf(sign * Math.max(...values.map((value) => sign * value)))];
    const own = metrics.map(({ scores }) => scores);
    console.log(
      `  best by accuracy: ${best(own.map(({ accuracy }) => accuracy!), 1)}, PyTorch's ${
        best(peer.accuracy, 1)
      }; by loss: ${best(own.map(({ logLoss }) => logLoss!), -1)}, PyTorch's ${
        best(peer.loss, -1)
      }`,
    );
  } finally {
    await Deno.remove(store, { recursive: true });
  }
}
