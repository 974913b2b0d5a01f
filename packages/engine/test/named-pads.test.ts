import { expect, test } from "vitest";
import { offlineEngine } from "./engine-harness.ts";
import { noise, writeWave } from "./fixtures.ts";

const sound = (seed: number): Uint8Array<ArrayBuffer> =>
	writeWave(noise(200, 1, { seed }), { coding: "f32", sampleRate: 48_000, channels: 1 });

test("a name has the pad that its sample was loaded onto, from the highest down, and keeps it", async () => {
	const engine = await offlineEngine({ sampleSlots: 4 });
	const [kick, snare] = await Promise.all([engine.load("kick", sound(1)), engine.load("snare", sound(2))]);
	expect([kick.id, snare.id]).toEqual([3, 2]);
	expect(kick).toBe(engine.pad(3));
	expect(await engine.load("kick", sound(3))).toBe(kick);
	kick.press();
	expect(engine.renderOffline(200)[0].some((sample) => sample !== 0)).toBe(true);
});

test("a slot in use is passed over, a name too many is refused, and an unloaded slot goes to the next name", async () => {
	const engine = await offlineEngine({ sampleSlots: 3 });
	const loading = engine.loadSample(2, sound(1));
	const hat = await engine.load("hat", sound(2));
	await loading;
	expect(hat.id).toBe(1);
	await engine.load("tom", sound(3));
	const refused = { code: "no-free-slot", message: expect.stringMatching(/^All 3 slots .*Unload one/) };
	expect(() => engine.load("clap", sound(4))).toThrow(expect.objectContaining(refused));
	engine.unloadSample(hat.id);
	expect((await engine.load("clap", sound(4))).id).toBe(1);
	expect(() => engine.load("hat", sound(2))).toThrow(expect.objectContaining(refused));
});

test("a load that fails leaves the name to be tried again, and wrong arguments throw at the call", async () => {
	const engine = await offlineEngine({ sampleSlots: 2 });
	await expect(engine.load("kick", Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: "unsupported-format" });
	expect((await engine.load("kick", sound(1))).id).toBe(1);
	expect(() => engine.load(3 as never, sound(1))).toThrow("The value of name must be a text, not 3.");
	expect(() => engine.load("snare", 3 as never)).toThrow(TypeError);
	expect((await engine.load("hat", sound(2))).id).toBe(0);
});
