import { needs } from "../../testing/require.ts";
import { webgpuAdapter } from "../../testing/webgpu_adapter.ts";
import { testCore } from "../testing/contract_suite.ts";
import { subject } from "./testing/subject.ts";

if (!needs(await webgpuAdapter()).ignore) testCore(subject("webgpu"));
