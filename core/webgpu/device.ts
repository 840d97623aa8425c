/** Says that this machine has no adapter to compute on. */
export class NoAdapterError extends Error {
  override readonly name = "NoAdapterError";

  constructor(reason: string) {
    super(
      `Cannot compute on WebGPU as ${reason}: install a driver with Vulkan, Metal or Direct3D 12 ` +
        `(in software: Debian's mesa-vulkan-drivers), or take the profile auto or exact`,
    );
  }
}

/** A device with as large buffers as its adapter has. */
export interface OpenedDevice {
  device: GPUDevice;
  /** What it is, for messages and records: `llvmpipe (LLVM 15.0.6, 256 bits)`. */
  adapter: string;
}

/**
 * Opens a device.
 *
 * @param gpu Where to look. Default: `navigator.gpu`.
 * @throws {NoAdapterError} if there is none.
 */
export async function openDevice(gpu: GPU | undefined = navigator.gpu): Promise<OpenedDevice> {
  if (!gpu) throw new NoAdapterError("this runtime has none");
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new NoAdapterError("this machine has no adapter");
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  try {
    const device = await adapter.requestDevice({
      requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
    });
    const { description, device: model, vendor } = adapter.info;
    return { device, adapter: description || model || vendor || "unnamed adapter" };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NoAdapterError(`its adapter opens no device (${reason})`);
  }
}
