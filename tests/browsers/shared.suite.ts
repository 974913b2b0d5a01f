import { declareTests } from "./declare-tests.ts";
import { everywhere } from "./suite/index.ts";

for (const chapter of everywhere) declareTests(chapter, "shared");
