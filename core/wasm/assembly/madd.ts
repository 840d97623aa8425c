// The multiply-add of this build. The build script puts another one in its place.
export { madd } from "./madd_fused";
