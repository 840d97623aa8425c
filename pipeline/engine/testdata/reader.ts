export { reader as default } from "./steps.ts";
