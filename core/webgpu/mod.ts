/**
 * The core on WebGPU, its probe, and the error of a machine without one.
 *
 * @module
 */
export { createWebGpuCore, type WebGpuCore, type WebGpuCoreOptions } from "./core.ts";
export { NoAdapterError } from "./device.ts";
export { type Arithmetic, isExact } from "./probe.ts";
