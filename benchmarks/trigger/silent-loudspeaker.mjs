import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { programPath } from "../../scripts/ensure-programs.mjs";

/**
 * Starts a private PulseAudio whose only output goes nowhere, at the pace of a real one.
 *
 * @param {number} sampleRate
 */
export async function startSilentLoudspeaker(sampleRate) {
	const folder = mkdtempSync(join(tmpdir(), "flitzis-looper-loudspeaker-"));
	const runtimeFolder = join(folder, "runtime");
	mkdirSync(runtimeFolder, { mode: 0o700 });
	// Chromium takes the daemon's rate for the device's own, and would resample at any other.
	const settings = join(folder, "daemon.conf");
	writeFileSync(settings, `default-sample-rate = ${sampleRate}\n`);
	const socket = join(folder, "socket");
	const daemon = spawn(
		programPath("pulseaudio"),
		[
			"-n",
			"--daemonize=no",
			"--exit-idle-time=600",
			"--log-level=info",
			"--log-target=stderr",
			"-L",
			`module-null-sink rate=${sampleRate} channels=2 format=float32le`,
			"-L",
			`module-native-protocol-unix socket=${socket} auth-anonymous=1`,
		],
		{
			env: { ...process.env, HOME: folder, XDG_RUNTIME_DIR: runtimeFolder, PULSE_CONFIG: settings },
			stdio: ["ignore", "ignore", "pipe"],
		},
	);
	const ended = once(daemon, "exit");
	for await (const line of createInterface({ input: daemon.stderr })) {
		if (line.includes("Daemon startup complete")) break;
	}
	daemon.stderr.resume();
	return {
		/** What a program needs in its environment to play here. */
		environment: { PULSE_SERVER: `unix:${socket}` },
		async stop() {
			daemon.kill("SIGTERM");
			await ended;
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
