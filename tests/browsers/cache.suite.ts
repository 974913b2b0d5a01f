import { declareTests } from "./declare-tests.ts";

declareTests("cache", "shared");
