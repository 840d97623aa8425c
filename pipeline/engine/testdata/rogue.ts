export { rogue as default } from "./steps.ts";
