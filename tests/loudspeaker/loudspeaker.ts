import { spawn } from "node:child_process";
import { programPath } from "../../scripts/ensure-programs.mjs";
import { type PulseAudio, startPulseAudio } from "../../scripts/start-pulseaudio.mjs";
import { Recording } from "./recording.ts";

const SINK = "loudspeaker";

/** Frames per second that the loudspeaker plays, and so the rate of every recording. */
export const LOUDSPEAKER_RATE = 48_000;

/** Without rewinds: a stream that starts would else replace frames that the recorder has already heard as silence. */
const SINK_SETTINGS = `sink_name=${SINK} norewinds=1`;

/** A loudspeaker without air, whose sound can be recorded, so that a test hears what a listener would. */
export class Loudspeaker {
	readonly #pulseAudio: PulseAudio;

	private constructor(pulseAudio: PulseAudio) {
		this.#pulseAudio = pulseAudio;
	}

	/** Resolves when programs can play. */
	static async start(): Promise<Loudspeaker> {
		return new Loudspeaker(await startPulseAudio(LOUDSPEAKER_RATE, SINK_SETTINGS));
	}

	/** What a program needs in its environment to play here. */
	get environment(): Readonly<Record<string, string>> {
		return this.#pulseAudio.environment;
	}

	/** Begins to record; resolves when the first frames have arrived. */
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
		await recording.hear(1);
		return recording;
	}

	/** Ends everything that plays or records here. */
	async stop(): Promise<void> {
		await this.#pulseAudio.stop();
	}
}
