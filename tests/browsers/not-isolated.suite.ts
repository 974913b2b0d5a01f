import { declareTests } from "./declare-tests.ts";

declareTests("not isolated", "shared", "plainAddress");
