import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
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

	/**
	 * Connects another loudspeaker.
	 *
	 * @param name - letters only
	 * @param channels - its outputs
	 * @returns what disconnects it
	 */
	async connect(name: string, channels: 2 | 4): Promise<() => Promise<void>> {
		const { environment, folder } = this.#pulseAudio;
		const env = { ...process.env, ...environment, HOME: folder };
		const control = (...args: string[]) => promisify(execFile)(programPath("pactl"), args, { env });
		const { stdout } = await control(
			"load-module",
			"module-null-sink",
			`sink_name=${name}`,
			`sink_properties=device.description=${name}`,
			`rate=${LOUDSPEAKER_RATE}`,
			`channels=${channels}`,
			"format=float32le",
			"norewinds=1",
		);
		return async () => {
			await control("unload-module", stdout.trim());
		};
	}

	/**
	 * Starts to record; resolves when the first frames have arrived.
	 *
	 * @param name - of another loudspeaker that is connected
	 */
	async record(name: string = SINK): Promise<Recording> {
		const { environment, folder } = this.#pulseAudio;
		const recorder = spawn(
			programPath("parec"),
			[
				`--device=${name}.monitor`,
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
