import { spawn } from "node:child_process";
import { programPath } from "../../scripts/ensure-programs.mjs";
import { type PulseAudio, startPulseAudio } from "../../scripts/start-pulseaudio.mjs";
import { Recording } from "./recording.ts";

const SINK = "loudspeaker";

/** Frames per second of the loudspeaker and every recording. */
export const LOUDSPEAKER_RATE = 48_000;

/** Without rewinds: a starting stream would otherwise replace frames already recorded as silence. */
const SINK_SETTINGS = `sink_name=${SINK} norewinds=1`;

/** A virtual loudspeaker that records what a listener would hear. */
export class Loudspeaker {
	readonly #pulseAudio: PulseAudio;

	private constructor(pulseAudio: PulseAudio) {
		this.#pulseAudio = pulseAudio;
	}

	/** Resolves when programs can play. */
	static async start(): Promise<Loudspeaker> {
		return new Loudspeaker(await startPulseAudio(LOUDSPEAKER_RATE, SINK_SETTINGS));
	}

	/** Environment variables for programs to play here. */
	get environment(): Readonly<Record<string, string>> {
		return this.#pulseAudio.environment;
	}

	/** Starts to record; resolves when the first frames have arrived. */
	async record(): Promise<Recording> {
		const { environment, folder } = this.#pulseAudio;
		const recorder = spawn(
			programPath("parec"),
			[
				`--device=${SINK}.monitor`,
				"--format=float32le",
				`--rate=${LOUDSPEAKER_RATE}`,
				"--channels=2",
				"--latency-msec=20",
				"--raw",
			],
			{ env: { ...process.env, ...environment, HOME: folder }, stdio: ["ignore", "pipe", "inherit"] },
		);
		const recording = new Recording(recorder);
		await recording.record(1);
		return recording;
	}

	/** Terminates everything that plays or records here. */
	async stop(): Promise<void> {
		await this.#pulseAudio.stop();
	}
}
