import { claim, claimEqual, failureOf } from "./claims.ts";
import { plateaus, trimSilence } from "./recorder.ts";
import { SAMPLE_RATE, steady, waveFile } from "./sounds.ts";
import type { Stage, Suite } from "./stage.ts";

const VOICES = 4;
const RING_RECORDS = 1_024;
const MOMENT = 4_800;

/** Starts one voice more than available, each at a unique level. @returns the levels before and after it. */
async function overflow(stage: Stage, voiceOverflow: "replace-oldest" | "drop-newest"): Promise<number[]> {
	const { engine, recorder } = await stage.onDevice({ voices: VOICES, voiceOverflow });
	for (let slot = 0; slot <= VOICES; slot++) await engine.loadSample(slot, waveFile(steady(2 ** -(slot + 2), 1_001)));
	for (let slot = 0; slot < VOICES; slot++) engine.playSample(slot, 1, { loop: true });
	await recorder.until(() => engine.stats().activeVoices === VOICES);
	await recorder.record(MOMENT);
	engine.playSample(VOICES, 1, { loop: true });
	await recorder.until(() => engine.stats().droppedVoices === 1);
	await recorder.record(MOMENT);
	claimEqual(engine.stats().activeVoices, VOICES, "voices");
	const levels = plateaus(recorder.samples[0]).filter(({ frames }) => frames >= 1_000);
	return levels.map(({ level }) => level).slice(-2);
}

function isTaken(call: () => void): boolean {
	try {
		call();
		return true;
	} catch {
		return false;
	}
}

/** Overflow of voices and rings. */
export const overflowing: Suite = {
	"a voice beyond the last steals the oldest one": async (stage) => {
		const all = 1 / 4 + 1 / 8 + 1 / 16 + 1 / 32;
		const levels = await overflow(stage, "replace-oldest");
		claim(levels.at(-1) === all - 1 / 4 + 1 / 64, `heard ${levels.join()}`);
	},

	"a voice beyond the last is dropped with drop-newest": async (stage) => {
		const all = 1 / 4 + 1 / 8 + 1 / 16 + 1 / 32;
		const levels = await overflow(stage, "drop-newest");
		claim(levels.at(-1) === all, `heard ${levels.join()}`);
	},

	"without a device a full ring rejects no call, and all triggers sound": async (stage) => {
		const engine = await stage.offlineEngine({ voices: 256 });
		await engine.loadSample(0, waveFile(steady(2 ** -12, SAMPLE_RATE)));
		engine.renderOffline(128);
		for (let record = 0; record < 3 * RING_RECORDS; record++) engine.playSample(0, 1);
		const [left] = engine.renderOffline(128);
		claimEqual(plateaus(left), [{ level: 256 * 2 ** -12, frames: 128 }], "heard");
		claimEqual(engine.stats().droppedVoices, 3 * RING_RECORDS - 256, "dropped voices");
		engine.playSample(0, 1);
	},

	"a device's full ring rejects the call, and accepts more once the device has continued": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		await engine.loadSample(0, waveFile(steady(0.5, 100)));
		const { code, message } = await failureOf(() => {
			for (let record = 0; record < 1_000 * RING_RECORDS; record++) engine.playSample(1, 1);
		});
		claimEqual(code, "ring-full", "code");
		claim(message.includes("Send fewer"), message);
		await recorder.until(() => isTaken(() => engine.playSample(0, 1)));
		await recorder.recordSound(MOMENT);
		claimEqual(plateaus(trimSilence(recorder.samples)[0]), [{ level: 0.5, frames: 100 }], "heard");
	},
};
