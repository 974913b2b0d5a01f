import { declareTests } from "./declare-tests.ts";
import { decoding, everywhere } from "./suite/index.ts";

for (const chapter of [...everywhere, ...decoding]) declareTests(chapter, "shared");
