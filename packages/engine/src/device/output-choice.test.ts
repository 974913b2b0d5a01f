import { expect, test } from "vitest";
import { OutputChoice, type OutputContext } from "./output-choice.ts";

/** A context on a machine with these devices and as many outputs of each. */
function contextWith(devices: Readonly<Record<string, number>>) {
	const destination = {
		maxChannelCount: devices[""] ?? 2,
		channelCount: 2,
		channelInterpretation: "speakers" as const,
	};
	const context: OutputContext = {
		destination,
		setSinkId: (id) => {
			const outputs = devices[id];
			if (outputs === undefined) return Promise.reject(new Error("NotFoundError"));
			destination.maxChannelCount = outputs;
			return Promise.resolve();
		},
	};
	return { context, destination };
}

test("the sound moves to a device that is there, and back to the default", async () => {
	const choice = new OutputChoice(contextWith({ "": 2, card: 2 }).context, { isOwn: true, wantsCue: false });
	expect(choice.id).toBe("");
	await choice.choose("card");
	expect(choice.id).toBe("card");
	await choice.choose("");
	expect(choice.id).toBe("");
});

test("a device that is gone is named with what to do, and the sound stays where it was", async () => {
	const choice = new OutputChoice(contextWith({ "": 2, card: 2 }).context, { isOwn: true, wantsCue: false });
	await choice.choose("card");
	await expect(choice.choose("gone")).rejects.toMatchObject({
		code: "device-unavailable",
		message: 'The output device "gone" cannot be played on (Error: NotFoundError). Connect it, or choose another one.',
	});
	expect(choice.id).toBe("card");
});

test("a platform without a choice and a context of the caller's say so; asking for what is there is no error", async () => {
	const { context } = contextWith({ "": 2, card: 2 });
	const bare = new OutputChoice({ destination: {} }, { isOwn: true, wantsCue: false });
	await bare.choose("");
	await expect(bare.choose("card")).rejects.toMatchObject({ code: "unsupported-platform" });
	const callers = new OutputChoice(context, { isOwn: false, wantsCue: false });
	await expect(callers.choose("card")).rejects.toThrow("Call setSinkId of the context.");
});

test("the cue bus has outputs of its own where the device has four, and is left out where it moves to two", async () => {
	const { context, destination } = contextWith({ "": 2, mixer: 4 });
	const choice = new OutputChoice(context, { isOwn: true, wantsCue: true });
	await choice.choose("mixer");
	expect([choice.openChannels(), choice.hasCue]).toEqual([4, true]);
	expect(destination).toMatchObject({ channelCount: 4, channelInterpretation: "speakers" });
	await choice.choose("");
	expect(choice.hasCue).toBe(false);
	expect(destination).toMatchObject({ channelCount: 2, channelInterpretation: "discrete" });
	await choice.choose("mixer");
	expect(choice.hasCue).toBe(true);
	expect(destination).toMatchObject({ channelCount: 4, channelInterpretation: "speakers" });
});

test("an engine that began on two outputs has no cue bus to play until it starts again", async () => {
	const { context, destination } = contextWith({ "": 2, mixer: 4 });
	const choice = new OutputChoice(context, { isOwn: true, wantsCue: true });
	expect(choice.openChannels()).toBe(2);
	await choice.choose("mixer");
	expect(choice.hasCue).toBe(false);
	expect(destination).toMatchObject({ channelCount: 2, channelInterpretation: "speakers" });
});
