import { expect, onTestFinished, test } from "vitest";
import { writeWave } from "../test/fixtures.ts";
import { randomNumbers } from "../test/random-numbers.ts";
