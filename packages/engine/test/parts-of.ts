import type { AudioEngine } from "flitzis-looper";
import { HostedEngine } from "../dist/audio-engine.js";
import type { RunningEngine } from "../src/running-engine.ts";

/** What exists while an engine of the package runs; the package's own types do not tell of it. */
export function partsOf(engine: AudioEngine): RunningEngine {
	return HostedEngine.partsOf(engine as unknown as HostedEngine);
}
