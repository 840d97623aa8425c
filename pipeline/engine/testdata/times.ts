export { times as default } from "./steps.ts";
