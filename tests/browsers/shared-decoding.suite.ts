import { declareTests } from "./declare-tests.ts";
import { decoding } from "./suite/index.ts";

for (const chapter of decoding) declareTests(chapter, "shared");
