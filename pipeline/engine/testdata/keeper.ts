export { keeper as default } from "./steps.ts";
