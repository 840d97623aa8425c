import { testCore } from "../testing/contract_suite.ts";
import { createReferenceCore } from "./core.ts";

testCore({
  name: "reference",
  create: () => Promise.resolve(createReferenceCore()),
  reference: createReferenceCore,
});
