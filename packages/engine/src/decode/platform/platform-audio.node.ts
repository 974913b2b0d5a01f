import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { LooperError } from "../../errors.ts";
import { alacFile } from "./alac-file.ts";
import type { FromAudioChild, ToAudioChild } from "./audio-child-messages.ts";
import type { PacketDecoder, PlatformAudio, PlatformCodec, PlatformFrames } from "./platform-audio.ts";

/** Supported sample rates of the decoder's context. */
const RATES = { least: 2_000, most: 384_000 } as const;
const LOW_COMPLEXITY = "mp4a.40.2";

/**
 * Node's decoders, from `node-web-audio-api`. They are native code and files may be hostile, so they run in a separate
 * process, which is started on demand and restarted after a crash.
 *
 * Thread: loader.
 *
 * @param childLocation - the script of that process
 */
export function nodeAudio(childLocation: URL): PlatformAudio & { close(): void } {
	const child = new AudioChild(childLocation);
	return {
		async open(codec) {
			checkCodec(codec);
			await child.start(codec.name);
			return decoderOf(codec, child);
		},
		close: () => child.close(),
	};
}

/** @throws LooperError `unsupported-format`. */
function checkCodec({ name, codecString, sampleRate, cookie }: PlatformCodec): void {
	if (cookie === null && codecString !== LOW_COMPLEXITY) {
		const reason = `Node's AAC decoder supports only Low Complexity, and this is ${name} (${codecString}).`;
		throw new LooperError("unsupported-format", `${reason} Convert the file to WAV or FLAC.`);
	}
	if (sampleRate < RATES.least || sampleRate > RATES.most) {
		const reason = `Node's ${name} decoder supports ${RATES.least} to ${RATES.most} Hz, and this file has ${sampleRate} Hz.`;
		throw new LooperError("unsupported-format", `${reason} Convert the file to WAV or FLAC.`);
	}
}

/** The decoder only takes whole files, so packets are assembled into one. */
function decoderOf(codec: PlatformCodec, child: AudioChild): PacketDecoder {
	const { sampleRate, cookie } = codec;
	return {
		decode(packets) {
			const file = cookie === null ? Buffer.concat(packets) : alacFile(codec, cookie, packets);
			return child.decode({ file, sampleRate });
		},
		close() {},
	};
}

class AudioChild {
	readonly #location: URL;
	#process: ChildProcess | null = null;

	constructor(location: URL) {
		this.#location = location;
	}

	/** @throws LooperError `unsupported-format` without `node-web-audio-api`. */
	async start(codecName: string): Promise<void> {
		if (this.#process !== null) return;
		// No console, because the library writes to it, and no inherited flags, which could open a debugger port.
		const process = fork(fileURLToPath(this.#location), [], {
			serialization: "advanced",
			execArgv: [],
			stdio: ["ignore", "ignore", "ignore", "ipc"],
		});
		this.#process = process;
		process.once("exit", () => {
			if (this.#process === process) this.#process = null;
		});
		// The exit event reports messages that cannot be sent.
		process.on("error", () => {});
		const answer = await answerOf(process).catch((cause: unknown) => {
			const reason = cause instanceof Error ? cause.message : String(cause);
			throw new LooperError("worker-crashed", `${codecName} cannot be decoded now. ${reason} Try again.`, { cause });
		});
		if (answer.type === "ready") return;
		this.close();
		const remedy = "Install it (npm install node-web-audio-api), or convert the file to WAV or FLAC.";
		throw new LooperError("unsupported-format", `${codecName} needs the package node-web-audio-api in Node. ${remedy}`);
	}

	/** @throws Error if the process dies while decoding. */
	async decode(message: ToAudioChild): Promise<PlatformFrames | null> {
		await this.start("This format");
		const process = this.#process;
		if (process === null) throw new Error("The decoder process has exited.");
		const answer = answerOf(process);
		process.send(message);
		const result = await answer;
		return result.type === "decoded" ? result.frames : null;
	}

	close(): void {
		this.#process?.kill("SIGKILL");
		this.#process = null;
	}
}

/** The next message of a process. @throws Error if it exits first. */
async function answerOf(child: ChildProcess): Promise<FromAudioChild> {
	const settled = new AbortController();
	const { signal } = settled;
	try {
		const ended = once(child, "exit", { signal }).then(([code, killedBy]) => {
			throw new Error(`The decoder process exited with ${String(killedBy ?? code)}.`);
		});
		const [message] = await Promise.race([once(child, "message", { signal }), ended]);
		return message as FromAudioChild;
	} finally {
		settled.abort();
	}
}
