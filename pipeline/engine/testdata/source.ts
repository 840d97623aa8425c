export { source as default } from "./steps.ts";
