import { claim, claimEqual, failureOf } from "./claims.ts";
import { SAMPLE_RATE } from "./sounds.ts";
import type { Suite } from "./stage.ts";

/** A page without the headers that shared memory needs. */
export const notIsolated: Suite = {
	"without shared memory run is unsupported-platform and names both headers": async (stage) => {
		const engine = stage.createEngine({ output: "offline", sampleRate: SAMPLE_RATE, transport: "shared" });
		const { code, message } = await failureOf(() => engine.run());
		claimEqual(code, "unsupported-platform", "code");
		claim(message.includes('"Cross-Origin-Opener-Policy: same-origin"'), message);
		claim(message.includes('"Cross-Origin-Embedder-Policy: require-corp"'), message);
	},
};
