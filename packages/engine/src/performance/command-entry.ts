import { type ParameterName, parameterNumbered, parameterOf, sharedParameter } from "../playback/parameter-table.ts";
import { plainVoice } from "../playback/voice-settings.ts";
import * as command from "../protocol/commands.ts";
import type { CommandWriter, PlacedSample } from "../rings/command-writer.ts";
import type {
	PerformanceCommand,
	PerformanceParameter,
	PerformanceTransport,
	PerformanceVoice,
} from "./performance.ts";

const usualVoice: PerformanceVoice = { voice: 0, gain: 1, pan: 0, rate: 1, offset: 0, fadeInFrames: 0 };

/** The frame that an entry carries, exact to 2^53. */
export function frameOfEntry(entry: DataView): number {
	return entry.getUint32(command.COMMAND_FRAME_HIGH, true) * 2 ** 32 + entry.getUint32(command.COMMAND_FRAME_LOW, true);
}

/** The type that an entry carries, without its flags. */
export function typeOfEntry(entry: DataView): number {
	return entry.getUint32(command.COMMAND_TYPE, true) & ~command.AT_FRAME;
}

/**
 * Reads a journal entry.
 *
 * @param sampleOf - the performance's sample under a handle
 * @returns null for an entry that is not a command
 */
export function readCommandEntry(entry: DataView, sampleOf: (handle: number) => number): PerformanceCommand | null {
	const frame = frameOfEntry(entry);
	const slot = entry.getUint32(command.COMMAND_SLOT, true);
	switch (typeOfEntry(entry)) {
		case command.LOAD_SAMPLE:
			return { frame, type: "load", slot, sample: sampleOf(entry.getUint32(command.LOAD_HANDLE, true)) };
		case command.PLAY_SAMPLE: {
			const loop = (entry.getUint32(command.PLAY_FLAGS, true) & command.PLAY_LOOPING) !== 0;
			const velocity = entry.getFloat64(command.PLAY_VELOCITY, true);
			return { frame, type: "play", slot, velocity, loop, ...readVoice(entry) };
		}
		case command.STOP_VOICE: {
			const fadeFrames = entry.getUint32(command.VOICE_FADE_FRAMES, true);
			return { frame, type: "stopVoice", voice: entry.getUint32(command.VOICE_NUMBER, true), fadeFrames };
		}
		case command.SET_VOICE_GAIN: {
			const gain = entry.getFloat64(command.VOICE_GAIN, true);
			return { frame, type: "voiceGain", voice: entry.getUint32(command.VOICE_NUMBER, true), gain };
		}
		case command.STOP_SAMPLE:
			return { frame, type: "stop", slot };
		case command.UNLOAD_SAMPLE:
			return { frame, type: "unload", slot };
		case command.STOP_ALL:
			return { frame, type: "stopAll" };
		case command.PRESS:
			return { frame, type: "press", slot, velocity: entry.getFloat64(command.PRESS_VELOCITY, true) };
		case command.RELEASE:
			return { frame, type: "release", slot };
		case command.STOP_PAD:
			return { frame, type: "stopPad", slot };
		case command.CANCEL_QUEUED:
			return { frame, type: "cancelQueued", slot };
		case command.PAUSE_PAD:
			return { frame, type: "pause", slot };
		case command.RESUME_PAD:
			return { frame, type: "resume", slot };
		case command.SEEK_PAD:
			return { frame, type: "seek", slot, toFrame: entry.getFloat64(command.ARGUMENT, true) };
		case command.ROLL_PAD:
			return { frame, type: "roll", slot, beats: entry.getFloat64(command.ARGUMENT, true) };
		case command.END_ROLL:
			return { frame, type: "endRoll", slot };
		case command.START_TRANSPORT:
			return { frame, type: "transportStart" };
		case command.STOP_TRANSPORT:
			return { frame, type: "transportStop" };
		case command.MOVE_TRANSPORT:
			return { frame, type: "transportMove", beat: entry.getFloat64(command.ARGUMENT, true) };
		case command.NUDGE_TRANSPORT:
			return { frame, type: "transportNudge", beats: entry.getFloat64(command.ARGUMENT, true) };
		case command.SET_PARAMETER: {
			const set = readParameter(entry, slot);
			return set === null ? null : { frame, type: "set", ...set };
		}
		default:
			return null;
	}
}

/** Reads where the transport is, as a moment of silence says. */
export function readTransport(silence: DataView): PerformanceTransport {
	const isRunning = silence.getUint32(command.SILENT_RUNNING, true) === 1;
	const age = silence.getFloat64(command.SILENT_ANCHOR_AGE, true);
	return {
		isRunning,
		startBeat: silence.getFloat64(command.SILENT_START_BEAT, true),
		anchorBeat: isRunning ? silence.getFloat64(command.SILENT_ANCHOR_BEAT, true) : 0,
		anchorFrame: isRunning && age > 0 ? -age : 0,
	};
}

/** Brings a transport that has never been moved to where a performance begins. @param atFrame - as `CommandWriter` takes it */
export function writeTransport(
	writer: CommandWriter,
	{ isRunning, startBeat, anchorBeat, anchorFrame }: PerformanceTransport,
	atFrame: number,
): boolean {
	if (!writer.moveTransport(startBeat, atFrame)) return false;
	return !isRunning || writer.startTransport(atFrame, { beat: anchorBeat, frame: anchorFrame });
}

/**
 * Writes a command with its frame.
 *
 * @param placeOf - where the performance's samples lie
 */
export function writePerformed(
	writer: CommandWriter,
	performed: PerformanceCommand,
	placeOf: (sample: number) => PlacedSample,
	atFrame: number = performed.frame,
): boolean {
	switch (performed.type) {
		case "play": {
			const flags = performed.loop ? command.PLAY_LOOPING : 0;
			const { voice: number = 0, ...settings } = performed;
			const voice = { ...plainVoice(), ...settings, number };
			return writer.playVoice(performed.slot, performed.velocity, flags, voice, atFrame);
		}
		case "stopVoice":
			return writer.stopVoice(performed.voice, performed.fadeFrames, atFrame);
		case "voiceGain":
			return writer.setVoiceGain(performed.voice, performed.gain, atFrame);
		case "stop":
			return writer.stopSample(performed.slot, atFrame);
		case "stopAll":
			return writer.stopAll(atFrame);
		case "load":
			return writer.loadSample(performed.slot, placeOf(performed.sample), atFrame);
		case "unload":
			return writer.unloadSample(performed.slot, atFrame);
		case "press":
			return writer.press(performed.slot, performed.velocity, atFrame);
		case "release":
			return writer.release(performed.slot, atFrame);
		case "stopPad":
			return writer.stopPad(performed.slot, atFrame);
		case "cancelQueued":
			return writer.cancelQueued(performed.slot, atFrame);
		case "pause":
			return writer.pausePad(performed.slot, atFrame);
		case "resume":
			return writer.resumePad(performed.slot, atFrame);
		case "seek":
			return writer.seekPad(performed.slot, performed.toFrame, atFrame);
		case "roll":
			return writer.rollPad(performed.slot, performed.beats, atFrame);
		case "endRoll":
			return writer.endRoll(performed.slot, atFrame);
		case "slices":
			return writer.setSlices(performed.slot, performed.slices, atFrame);
		case "transportStart":
			return writer.startTransport(atFrame);
		case "transportStop":
			return writer.stopTransport(atFrame);
		case "transportMove":
			return writer.moveTransport(performed.beat, atFrame);
		case "transportNudge":
			return writer.nudgeTransport(performed.beats, atFrame);
		case "set": {
			const parameter = parameterOf(nameOf(performed));
			return writer.setParameter(
				"slot" in performed ? performed.slot : 0,
				parameter.number,
				parameter.encode(performed.value),
				atFrame,
			);
		}
	}
}

/** What an entry says of its voice beyond the usual. */
function readVoice(entry: DataView): Partial<PerformanceVoice> {
	const read: PerformanceVoice = {
		voice: entry.getUint32(command.PLAY_VOICE, true),
		gain: entry.getFloat64(command.PLAY_GAIN, true) + 1,
		pan: entry.getFloat32(command.PLAY_PAN, true),
		rate: entry.getFloat64(command.PLAY_RATE, true) || 1,
		offset: entry.getFloat64(command.PLAY_OFFSET, true),
		fadeInFrames: entry.getUint32(command.PLAY_FADE_IN, true),
	};
	return Object.fromEntries(
		Object.entries(read).filter(([name, value]) => value !== usualVoice[name as keyof PerformanceVoice]),
	);
}

/** Whose parameter a performance sets. */
export function nameOf(set: PerformanceParameter): ParameterName {
	return "slot" in set ? { owner: "pad", name: set.parameter } : sharedParameter(set.parameter);
}

function readParameter(entry: DataView, slot: number): PerformanceParameter | null {
	const parameter = parameterNumbered(entry.getUint32(command.PARAMETER_NUMBER, true));
	if (parameter === undefined) return null;
	const value = parameterOf(parameter).decode(entry.getFloat64(command.PARAMETER_VALUE, true));
	return parameter.owner === "pad" ? { slot, parameter: parameter.name, value } : { parameter: parameter.name, value };
}
