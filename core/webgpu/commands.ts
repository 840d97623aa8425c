import { type KernelName, KERNELS } from "./kernels.ts";

/** Bytes of the words of one dispatch: the least distance between dynamic offsets. */
const STRIDE = 256;
/** Dispatches in a submission, at most. */
const CAPACITY = 4096;
/** Workgroups along one axis of a dispatch, at most. */
const MOST_GROUPS = 65535;

/** How many workgroups a dispatch has, along two axes. */
export type Groups = [x: number, y: number];

/** Workgroups of 64 for so many invocations, in rows of 65,535. */
export function groupsFor(invocations: number): Groups {
  return groupRows(Math.ceil(invocations / 64));
}

/** So many workgroups, in rows of 65,535. */
export function groupRows(groups: number): Groups {
  return [Math.min(groups, MOST_GROUPS), Math.ceil(groups / MOST_GROUPS)];
}

/**
 * Dispatches on one buffer, gathered into submissions of thousands: a step of a training costs no
 * more than its encoding.
 */
export class Commands {
  readonly #device: GPUDevice;
  readonly #layout: GPUBindGroupLayout;
  readonly #pipelineLayout: GPUPipelineLayout;
  readonly #modules = new Map<string, GPUShaderModule>();
  readonly #pipelines = new Map<KernelName, GPUComputePipeline>();
  readonly #parameters: GPUBuffer;
  readonly #words = new DataView(new ArrayBuffer(STRIDE * CAPACITY));
  #bindGroup: GPUBindGroup | undefined;
  #encoder: GPUCommandEncoder | undefined;
  #pass: GPUComputePassEncoder | undefined;
  #count = 0;

  constructor(device: GPUDevice) {
    this.#device = device;
    this.#layout = device.createBindGroupLayout({
      entries: [
        { binding: 0, visibility: GPUShaderStage.COMPUTE, buffer: { type: "storage" } },
        {
          binding: 1,
          visibility: GPUShaderStage.COMPUTE,
          buffer: { type: "uniform", hasDynamicOffset: true },
        },
      ],
    });
    this.#pipelineLayout = device.createPipelineLayout({ bindGroupLayouts: [this.#layout] });
    this.#parameters = device.createBuffer({
      size: STRIDE * CAPACITY,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
  }

  /** Takes the buffer that dispatches work on from now on. */
  bind(heap: GPUBuffer): void {
    this.flush();
    this.#bindGroup = this.#device.createBindGroup({
      layout: this.#layout,
      entries: [
        { binding: 0, resource: { buffer: heap } },
        { binding: 1, resource: { buffer: this.#parameters, offset: 0, size: STRIDE } },
      ],
    });
  }

  /** Adds a dispatch. */
  dispatch(name: KernelName, values: readonly number[], groups: Groups): void {
    if (groups[0] === 0 || groups[1] === 0) return;
    const { parameters } = KERNELS[name];
    if (values.length !== parameters.length) {
      throw new TypeError(
        `Cannot dispatch ${name} as it has ${parameters.length} words: ${values.length} were given`,
      );
    }
    if (this.#count === CAPACITY) this.flush();
    const at = this.#count * STRIDE;
    values.forEach((value, i) => {
      if (parameters[i] === "f") this.#words.setFloat32(at + i * 4, value, true);
      else this.#words.setUint32(at + i * 4, value, true);
    });
    this.#encoder ??= this.#device.createCommandEncoder();
    this.#pass ??= this.#encoder.beginComputePass();
    this.#pass.setPipeline(this.#pipeline(name));
    this.#pass.setBindGroup(0, this.#bindGroup!, [at]);
    this.#pass.dispatchWorkgroups(...groups);
    this.#count++;
  }

  /** Adds what is no dispatch, in its order. */
  encode(add: (encoder: GPUCommandEncoder) => void): void {
    this.#endPass();
    this.#encoder ??= this.#device.createCommandEncoder();
    add(this.#encoder);
  }

  /** Submits all that was added. */
  flush(): void {
    if (this.#encoder === undefined) return;
    this.#endPass();
    const { buffer } = this.#words;
    if (this.#count > 0) {
      this.#device.queue.writeBuffer(this.#parameters, 0, buffer, 0, this.#count * STRIDE);
    }
    this.#device.queue.submit([this.#encoder.finish()]);
    this.#encoder = undefined;
    this.#count = 0;
  }

  #endPass(): void {
    this.#pass?.end();
    this.#pass = undefined;
  }

  #pipeline(name: KernelName): GPUComputePipeline {
    let pipeline = this.#pipelines.get(name);
    if (pipeline === undefined) {
      const { code } = KERNELS[name];
      let module = this.#modules.get(code);
      if (module === undefined) {
        module = this.#device.createShaderModule({ code, label: name });
        this.#modules.set(code, module);
      }
      pipeline = this.#device.createComputePipeline({
        layout: this.#pipelineLayout,
        compute: { module, entryPoint: name },
      });
      this.#pipelines.set(name, pipeline);
    }
    return pipeline;
  }
}
