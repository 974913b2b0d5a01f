import type { SampleCommand } from "../playback/control-port.ts";
import * as message from "../protocol/commands.ts";
import { COMMAND_BYTES, VOICE_LOOPING, VOICE_STARTED } from "../protocol/layout.ts";
import { MAX_LOOPED_FRAMES, roundStart } from "../protocol/seam.ts";
import type { PerformanceGain, PerformanceStart, PerformanceVoice } from "./performance.ts";
import { wordsFromDigits } from "./tail-digits.ts";

/** The record that a performance's state begins with. */
export function beginCommand(): Int32Array {
	return record(message.RESTORE_BEGIN, 0, () => {});
}

/** @returns whether the round that a voice is in has the frame that it plays next, as the kernel will judge it. */
export function isInRound({ position, round = 0 }: PerformanceVoice, { frames, seam }: SampleCommand): boolean {
	const loopFrames = seam?.loopFrames ?? frames;
	if (loopFrames * (round + 1) > MAX_LOOPED_FRAMES) return false;
	return position === 0 || position < roundStart(loopFrames, round + 1) - roundStart(loopFrames, round);
}

/** @param sample - what the voice plays */
export function voiceRecord(voice: PerformanceVoice, sample: SampleCommand): Int32Array {
	// Position 0 is also where a voice stands that has just looped, so only its frames say that it has sounded.
	const flags = VOICE_STARTED | (voice.loop ? VOICE_LOOPING : 0);
	return record(message.RESTORE_VOICE, voice.slot, (view) => {
		view.setUint32(message.RESTORE_HANDLE, sample.handle, true);
		view.setUint32(message.RESTORE_ADDRESS, sample.address, true);
		view.setUint32(message.RESTORE_FRAMES, sample.frames, true);
		view.setUint32(message.RESTORE_FORM, sample.channels | (flags << 8), true);
		view.setUint32(message.RESTORE_POSITION, voice.position, true);
		view.setFloat32(message.RESTORE_VELOCITY, voice.velocity, true);
		view.setUint32(message.RESTORE_EDGE_FRAMES, sample.seam?.edgeFrames ?? 0, true);
		view.setFloat64(message.RESTORE_LOOP_FRAMES, sample.seam?.loopFrames ?? sample.frames, true);
		view.setFloat64(message.RESTORE_ROUND, voice.round ?? 0, true);
	});
}

export function gainCommand({ target, rampStart, rampPosition }: PerformanceGain): Int32Array {
	return record(message.RESTORE_GAIN, 0, (view) => {
		view.setFloat32(message.RESTORE_GAIN_TARGET, target, true);
		view.setFloat64(message.RESTORE_GAIN_START, rampStart, true);
		view.setUint32(message.RESTORE_GAIN_POSITION, rampPosition, true);
	});
}

/** The records of a performance's fade tail, silent ones left out. */
export function* tailCommands({ tail }: PerformanceStart): Generator<Int32Array, void, undefined> {
	const words = wordsFromDigits(tail);
	const commandWords = 2 * message.RESTORE_TAIL_FRAMES;
	for (let first = 0; first < words.length; first += commandWords) {
		const samples = words.subarray(first, first + commandWords);
		if (samples.every((word) => word === 0)) continue;
		yield record(message.RESTORE_TAIL, first / 2, (view) => {
			for (const [index, bits] of samples.entries()) {
				view.setUint32(message.RESTORE_TAIL_SAMPLES + 4 * index, bits, true);
			}
		});
	}
}

function record(type: number, slot: number, fill: (view: DataView) => void): Int32Array {
	const view = new DataView(new ArrayBuffer(COMMAND_BYTES));
	view.setUint32(message.COMMAND_TYPE, type, true);
	view.setUint32(message.COMMAND_SLOT, slot, true);
	fill(view);
	return new Int32Array(view.buffer);
}
