export { sum as default } from "./steps.ts";
