import { ControlPort } from "../src/playback/control-port.ts";
import * as command from "../src/protocol/commands.ts";
import { CONTROL_RING_COMMANDS } from "../src/protocol/shared-memory.ts";
import { CommandWriter, type PlacedSample } from "../src/rings/command-writer.ts";
import { EngineWords } from "./engine-words.ts";
import { RingWriter } from "./ring-writer.ts";

export const names = new Map<number, string>([
	[command.LOAD_SAMPLE, "load"],
	[command.PLAY_SAMPLE, "play"],
	[command.STOP_SAMPLE, "stop"],
	[command.PLAY_SAMPLE | command.AT_FRAME, "timed play"],
	[command.STOP_SAMPLE | command.AT_FRAME, "timed stop"],
	[command.STOP_ALL, "stop all"],
	[command.UNLOAD_SAMPLE, "unload"],
	[command.SET_PARAMETER, "gain"],
	[command.PRESS, "press"],
	[command.RELEASE, "release"],
]);

export function sample(handle: number): PlacedSample {
	return { handle, address: 2 ** 20 * handle, frames: 48_000, channels: 2, seam: null };
}

/** A port that is still held, with a clock to set and a ring to look into. */
export class PortHarness {
	readonly engine: EngineWords = new EngineWords();
	readonly ring: RingWriter = new RingWriter(this.engine.buffer, 0);
	readonly retired: number[] = [];
	milliseconds = 0;
	readonly port: ControlPort = new ControlPort(
		this.ring.ring,
		() => this.milliseconds,
		(words) => {
			if (words[0] === command.LOAD_SAMPLE) this.retired.push(words[command.LOAD_HANDLE / 4]!);
		},
	);
	readonly writer: CommandWriter = new CommandWriter((words) => this.port.send(words));

	/** What the kernel reads, in words: message, slot, and the handle of a load. */
	take(most?: number): string[] {
		return this.engine.takeCommands(0, most).map(([type, slot, frame, , word]) => {
			const name = names.get(type!)!;
			if (name.startsWith("timed")) return `${name} ${slot} @${frame}`;
			return type === command.LOAD_SAMPLE ? `${name} ${slot} ${word}` : `${name} ${slot}`;
		});
	}

	/** Fills the ring but for some commands. */
	fill(free: number): void {
		for (let count = free; count < CONTROL_RING_COMMANDS; count++) this.ring.stopSample(255);
	}
}

/** A harness whose port lets everything through. */
export function running(): PortHarness {
	const harness = new PortHarness();
	harness.port.release();
	return harness;
}
