// A process that calls the built worklet's `process` over message threading without any messages meanwhile: 32 voices
// sound, three streams are connected, and no snapshot is requested. Argument and output as for process-calls.mjs.
import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { LOAD_SAMPLE, PLAY_LOOPING, PLAY_SAMPLE } from "../../dist/protocol/commands.js";
import * as layout from "../../dist/protocol/shared-memory.js";
import { applySnapshot, SNAPSHOT_WORDS } from "../../dist/rings/snapshot.js";
import { SharedThreading } from "../../dist/threading/shared-threading.js";
import { countCollections } from "./count-collections.mjs";
import { createProcessor, processorPorts } from "./worklet-scope.mjs";

const { calls, warmUpCalls, isAllocating } = JSON.parse(process.argv[2] ?? "{}");

const BLOCK_FRAMES = 128;
const VOICES = 32;
const STREAMS = 3;
const PAGES = 80;
const SAMPLE_FRAMES = 3000;
/** Behind what the taps of its first frame read. */
const ADDRESS = layout.PCM_HEAP + 8 * layout.GUARD_FRAMES;

// Only its header is used.
const { words } = new SharedThreading({
	slots: VOICES,
	voices: VOICES,
	overflow: layout.OVERFLOW_REPLACE_OLDEST,
	memoryBudget: 2 ** 20,
}).memory;
words[(layout.HEADER + layout.HEADER_SAMPLE_RATE) / 4] = 48_000;
words[(layout.HEADER + layout.HEADER_FADE_FRAMES) / 4] = 240;
words[(layout.HEADER + layout.HEADER_ENGINE_STATE) / 4] = layout.ENGINE_RUNNING;
const header = words.slice(layout.HEADER / 4, (layout.HEADER + layout.HEADER_BYTES) / 4);
const file = new URL("../../dist/kernel-unshared.wasm", import.meta.url);
const module = new WebAssembly.Module(new Uint8Array(readFileSync(file)));
const processor = createProcessor({ module, maximumPages: PAGES, header });
const port = processorPorts.port2;

/** Unread messages of the audio thread. @type {any[]} */
const received = [];
port.on("message", (message) => received.push(message));

/** Waits for a message of a type and leaves others unread. @param {string} type */
async function receive(type) {
	for (;;) {
		const index = received.findIndex((message) => message.type === type || message.type === "refused");
		const [message] = index === -1 ? [] : received.splice(index, 1);
		if (message?.type === type) return message;
		if (message !== undefined) throw new Error(message.reason);
		await setImmediate();
	}
}

/** Posts messages and waits until the audio thread has handled them. @param {readonly any[]} messages */
async function send(messages) {
	for (const message of messages) port.postMessage(message, message.port === undefined ? [] : [message.port]);
	port.postMessage({ type: "flush" });
	await receive("flushed");
}

const channels = Array.from({ length: STREAMS }, () => new MessageChannel());
const streams = channels.map(({ port2 }, index) => ({
	type: "addProducer",
	ring: 1 + index,
	generation: 1,
	port: port2,
}));
const velocity = new Int32Array(new Float64Array([1 / VOICES]).buffer);
/** Channels, no edge frames, the loop's frames and the sample's ratio. */
const shape = [2, 0, 0, ...new Int32Array(new Float64Array([0, 1]).buffer)];
/** @param {number} type @param {number} slot @param {number[]} args */
const command = (type, slot, ...args) =>
	Int32Array.from({ length: layout.COMMAND_BYTES / 4 }, (_, index) => [type, slot, 0, 0, ...args][index] ?? 0);
await send([
	{ type: "grow", pages: PAGES, neededPages: PAGES },
	...streams,
	{ type: "commands", words: command(LOAD_SAMPLE, 0, 1, ADDRESS, SAMPLE_FRAMES, ...shape) },
	...Array.from({ length: VOICES }, () => ({
		type: "commands",
		words: command(PLAY_SAMPLE, 0, ...velocity, PLAY_LOOPING),
	})),
]);

const inputs = [[]];
const outputs = [[new Float32Array(BLOCK_FRAMES), new Float32Array(BLOCK_FRAMES)]];
let kept = { block: 0 };

/** @param {number} count */
function callProcess(count) {
	for (let block = 0; block < count; block++) {
		if (!processor.process(inputs, outputs)) throw new Error("The processor ended.");
		if (isAllocating) kept = { block };
	}
}

const collections = await countCollections(
	() => callProcess(warmUpCalls),
	() => callProcess(calls),
);
// Request a snapshot only now.
port.postMessage({ type: "snapshot", words: new Int32Array(SNAPSHOT_WORDS), journalRead: 0 });
await send([]);
const { words: snapshot } = await receive("snapshot");
const mirror = new Int32Array(layout.SHARED_END / 4);
applySnapshot(snapshot, mirror);
const answer = {
	collections,
	activeVoices: mirror[(layout.STATUS + layout.STATUS_ACTIVE_VOICES) / 4],
	kept: kept.block,
};
process.stdout.write(JSON.stringify(answer));
port.close();
for (const { port1 } of channels) port1.close();
