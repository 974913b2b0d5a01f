import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { programPath } from "../../scripts/ensure-programs.mjs";
import { Recording } from "./recording.ts";

const SINK = "loudspeaker";
const STARTED = "Daemon startup complete";

/** Frames a second that the loudspeaker plays, and so the rate of every recording. */
export const LOUDSPEAKER_RATE = 48_000;

/** Without rewinds: a stream that starts would else replace frames that the recorder has already heard as silence. */
const SINK_MODULE = `module-null-sink sink_name=${SINK} rate=${LOUDSPEAKER_RATE} channels=2 format=float32le norewinds=1`;

/** The rate that Chromium takes for the device's own; at any other it would resample. */
const DAEMON_SETTINGS = `default-sample-rate = ${LOUDSPEAKER_RATE}\n`;

type Daemon = ChildProcessByStdio<null, null, Readable>;

async function ended(child: ChildProcess): Promise<void> {
	if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

/** Reads what the daemon says until it is ready, and goes on reading so that its pipe never fills. */
async function untilStarted(daemon: Daemon): Promise<void> {
	const lines: string[] = [];
	const reader = createInterface({ input: daemon.stderr });
	await new Promise<void>((resolve, reject) => {
		reader.on("line", (line) => {
			if (line.includes(STARTED)) resolve();
			else lines.push(line);
		});
		reader.on("close", () => reject(new Error(`PulseAudio did not start:\n${lines.join("\n")}`)));
		daemon.on("error", reject);
	});
	lines.length = 0;
}

/**
 * A loudspeaker without air: a private PulseAudio whose one output can be recorded, so that a test hears what a listener
 * would.
 */
export class Loudspeaker {
	/** What a program needs in its environment to play here. */
	readonly environment: Readonly<Record<string, string>>;
	readonly #daemon: Daemon;
	readonly #folder: string;

	private constructor(daemon: Daemon, folder: string, environment: Record<string, string>) {
		this.#daemon = daemon;
		this.#folder = folder;
		this.environment = environment;
	}

	/** Resolves when programs can play. */
	static async start(): Promise<Loudspeaker> {
		const folder = await mkdtemp(join(tmpdir(), "loudspeaker-"));
		const runtimeFolder = join(folder, "runtime");
		await mkdir(runtimeFolder, { mode: 0o700 });
		const settings = join(folder, "daemon.conf");
		await writeFile(settings, DAEMON_SETTINGS);
		const socket = join(folder, "socket");
		const daemon = spawn(
			programPath("pulseaudio"),
			[
				"-n",
				"--daemonize=no",
				// One that nobody stopped, because its test was killed, ends by itself.
				"--exit-idle-time=600",
				"--log-level=info",
				"--log-target=stderr",
				"-L",
				SINK_MODULE,
				"-L",
				`module-native-protocol-unix socket=${socket} auth-anonymous=1`,
			],
			{
				// Its own folders, because PulseAudio shares state by home and runtime folder.
				env: { ...process.env, HOME: folder, XDG_RUNTIME_DIR: runtimeFolder, PULSE_CONFIG: settings },
				stdio: ["ignore", "ignore", "pipe"],
			},
		);
		const loudspeaker = new Loudspeaker(daemon, folder, { PULSE_SERVER: `unix:${socket}` });
		try {
			await untilStarted(daemon);
		} catch (error) {
			await loudspeaker.stop();
			throw error;
		}
		return loudspeaker;
	}

	/** Begins to record; resolves when the first frames have arrived. */
	async record(): Promise<Recording> {
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
			{ env: { ...process.env, ...this.environment, HOME: this.#folder }, stdio: ["ignore", "pipe", "inherit"] },
		);
		const recording = new Recording(recorder);
		await recording.hear(1);
		return recording;
	}

	/** Ends PulseAudio and with it everything that plays or records here. */
	async stop(): Promise<void> {
		this.#daemon.kill("SIGTERM");
		await ended(this.#daemon);
		await rm(this.#folder, { recursive: true, force: true });
	}
}
