/**
 * TensorFlow.js's backends. Its engine is one for the whole process, with one backend current at a
 * time, so a backend is opened once and shared by all cores on it.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";

/** Where TensorFlow.js computes. */
export type TfjsBackend = "wasm" | "webgpu";

/** An opened backend. */
export interface Backend {
  /** For messages and records: `wasm`, `webgpu: NVIDIA H200`. */
  name: string;
  /** Makes it the current one. */
  select(): void;
  /** Throws what the device reported since the last time. */
  check(): void;
}

const opened = new Map<TfjsBackend, Promise<Backend>>();

/**
 * Opens a backend, or gives it again.
 *
 * @throws {Error} if this machine lacks it.
 */
export function openBackend(backend: TfjsBackend): Promise<Backend> {
  let opening = opened.get(backend);
  if (opening === undefined) {
    opening = backend === "wasm" ? openWasm() : openWebgpu();
    opened.set(backend, opening);
    opening.catch(() => opened.delete(backend));
  }
  return opening;
}

/** `setBackend` finishes before it returns when the backend is there already. */
function select(backend: TfjsBackend): void {
  if (tf.getBackend() !== backend) void tf.setBackend(backend);
}

async function openWasm(): Promise<Backend> {
  await import("@tensorflow/tfjs-backend-wasm");
  if (!await tf.setBackend("wasm")) {
    throw new Error("Cannot open TensorFlow.js on wasm: see what it printed");
  }
  return { name: "wasm", select: () => select("wasm"), check: () => {} };
}

/** The limits of the adapter that the backend counts on. */
const LIMITS = [
  "maxBufferSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxStorageBufferBindingSize",
] as const;

async function openWebgpu(): Promise<Backend> {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) {
    throw new Error(
      "Cannot open TensorFlow.js on webgpu as this machine has no adapter: see to its driver",
    );
  }
  const { WebGPUBackend } = await import("@tensorflow/tfjs-backend-webgpu");
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
  // The backend's own way to its device asks for a list within a list of features, which an
  // adapter that has the feature refuses.
  const device = await adapter.requestDevice({ requiredLimits });
  const errors: string[] = [];
  device.addEventListener("uncapturederror", (event) => {
    event.preventDefault();
    errors.push((event as GPUUncapturedErrorEvent).error.message);
  });
  tf.removeBackend("webgpu");
  type Parameters = ConstructorParameters<typeof WebGPUBackend>;
  tf.registerBackend("webgpu", () => new WebGPUBackend(...[device, adapter.info] as Parameters));
  // Small arrays stay on the device too, and no product is summed by atomic additions, whose order
  // differs from run to run: 3 is the packed program.
  tf.env().set("WEBGPU_CPU_FORWARD", false);
  tf.env().set("WEBGPU_MATMUL_PROGRAM_TYPE", 3);
  await tf.setBackend("webgpu");
  const { vendor, device: model, description } = adapter.info;
  return {
    name: `webgpu: ${description || model || vendor}`,
    select: () => select("webgpu"),
    check() {
      const [first] = errors.splice(0);
      if (first !== undefined) throw new Error(`The device refused an operation: ${first}`);
    },
  };
}
