import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { programPath } from "./ensure-programs.mjs";

const STARTED = "Daemon startup complete";

/** @typedef {import("node:child_process").ChildProcessByStdio<null, null, import("node:stream").Readable>} Daemon */

/**
 * A running PulseAudio.
 *
 * @typedef {object} PulseAudio
 * @property {Readonly<Record<string, string>>} environment what a program needs in its environment to play or record here
 * @property {string} folder private, deleted by `stop`
 * @property {() => Promise<void>} stop ends the daemon and everything that plays or records
 */

/** Reads the daemon's output until it is ready, and keeps reading so that its pipe never fills. @param {Daemon} daemon */
async function untilStarted(daemon) {
	/** @type {string[]} */
	const lines = [];
	const reader = createInterface({ input: daemon.stderr });
	await new Promise((resolve, reject) => {
		reader.on("line", (line) => {
			if (line.includes(STARTED)) resolve(undefined);
			else lines.push(line);
		});
		reader.on("close", () => reject(new Error(`PulseAudio did not start:\n${lines.join("\n")}`)));
		daemon.on("error", reject);
	});
	lines.length = 0;
}

/**
 * Starts a private PulseAudio with a null sink that runs in real time. Resolves when programs can play.
 *
 * @param {number} sampleRate - of the output, in Hz; Chromium uses it as the device's rate
 * @param {string} [sinkSettings] - more arguments of the null sink
 * @returns {Promise<PulseAudio>}
 */
export async function startPulseAudio(sampleRate, sinkSettings = "") {
	const folder = await mkdtemp(join(tmpdir(), "flitzis-looper-pulseaudio-"));
	const runtimeFolder = join(folder, "runtime");
	await mkdir(runtimeFolder, { mode: 0o700 });
	const settings = join(folder, "daemon.conf");
	await writeFile(settings, `default-sample-rate = ${sampleRate}\n`);
	const socket = join(folder, "socket");
	const args = [
		"-n",
		"--daemonize=no",
		// Exits on its own if its user was killed before stopping it.
		"--exit-idle-time=600",
		"--log-level=info",
		"--log-target=stderr",
		"-L",
		`module-null-sink rate=${sampleRate} channels=2 format=float32le ${sinkSettings}`,
		"-L",
		`module-native-protocol-unix socket=${socket} auth-anonymous=1`,
	];
	const daemon = spawn(programPath("pulseaudio"), args, {
		// Its own folders, because PulseAudio shares state by home and runtime folder.
		env: { ...process.env, HOME: folder, XDG_RUNTIME_DIR: runtimeFolder, PULSE_CONFIG: settings },
		stdio: ["ignore", "ignore", "pipe"],
	});
	const stop = async () => {
		daemon.kill("SIGTERM");
		if (daemon.exitCode === null && daemon.signalCode === null) await once(daemon, "exit");
		await rm(folder, { recursive: true, force: true });
	};
	try {
		await untilStarted(daemon);
	} catch (error) {
		await stop();
		throw error;
	}
	return { environment: { PULSE_SERVER: `unix:${socket}` }, folder, stop };
}
