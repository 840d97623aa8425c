/**
 * Studies: finding, reading and planning them.
 *
 * @module
 */
export { findStudies, resolveStudies, type StudyFile } from "./find.ts";
export { type JsonSchema, studyJsonSchema } from "./json_schema.ts";
export type { DrawNumber, DrawRequest } from "./joint_search.ts";
export { type LoadOptions, loadStudy, parseStudy, type Study } from "./load.ts";
export { type PlanOptions, planStudy } from "./plan_study.ts";
export { type Problem, renderProblem, StudyError } from "./study_error.ts";
export type { TextProblem, TextRules } from "./texts.ts";
