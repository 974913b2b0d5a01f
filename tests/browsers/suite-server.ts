import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import sirv from "sirv";
import { reframedAdts } from "../../packages/engine/test/adts-writer.ts";
import { concat, convertWithFfmpeg, decodeWithFfmpeg, music, writeWave } from "../../packages/engine/test/fixtures.ts";
import { withSpectralBands } from "../../packages/engine/test/he-aac-writer.ts";
import { type EditEntry, editListBox, withEditList } from "../../packages/engine/test/mp4-writer.ts";
import { isolationHeaders, listenLocally } from "../local-server.ts";
import { type FormatCase, formatCases } from "./suite/format-cases.ts";
import { SAMPLE_RATE, tune, waveFile } from "./suite/sounds.ts";

const ENGINE_FOLDER = fileURLToPath(new URL("../../packages/engine/dist", import.meta.url));
const GOLDEN_FOLDER = fileURLToPath(new URL("../../packages/engine/test/golden", import.meta.url));
const PAGE_FOLDER = fileURLToPath(new URL("./page", import.meta.url));
const PAGE_SCRIPT = fileURLToPath(new URL("./suite/page.ts", import.meta.url));

/** The server of the suite's page. */
export interface SuiteServer {
	/** Address with cross-origin isolation. */
	readonly address: string;
	/** Address without it, and so without shared memory. */
	readonly plainAddress: string;
	close(): void;
}

async function bundlePage(): Promise<string> {
	const build = await rolldown({ input: PAGE_SCRIPT, platform: "browser", tsconfig: false });
	const { output } = await build.generate({ format: "esm" });
	await build.close();
	return output[0].code;
}

/** Ticks per second of the movie clock in ffmpeg's files. */
const MOVIE_RATE = 1_000;

/** The files of the format cases, and ffmpeg's decodes of them. */
class FormatFiles {
	readonly #files: Map<number, Uint8Array> = new Map();

	file(index: number): Uint8Array {
		const { framing, parts } = formatCases[index]!;
		const file = this.#decodable(index);
		if (framing !== undefined) return reframedAdts(file, framing);
		return parts === undefined ? file : withEditList(file, editListBox(parts.map(editOf)));
	}

	reference(index: number): Uint8Array {
		const format = formatCases[index]!;
		const { extension, readAs = extension } = format;
		const samples = Float32Array.from(decodeWithFfmpeg(this.#decodable(index), readAs));
		return partsOf(new Uint8Array(samples.buffer), format);
	}

	/** A file that ffmpeg decodes reliably: plain frames, no edits. */
	#decodable(index: number): Uint8Array {
		const { extension, args, frames, platformCodec, extendedAs, parts } = formatCases[index]!;
		const known = this.#files.get(index);
		if (known !== undefined) return known;
		// Exact decoders are tested with more bits than the platform's decoders have.
		const coding = platformCodec === undefined ? "f32" : "s16";
		const wave = writeWave(music(frames, SAMPLE_RATE, 2), { coding, sampleRate: SAMPLE_RATE, channels: 2 });
		const plain = convertWithFfmpeg(wave, { from: "wav", to: extension, args });
		const extended = extendedAs === undefined ? plain : extend(plain, extendedAs);
		const file = parts === undefined ? extended : withEditList(extended, null);
		this.#files.set(index, file);
		return file;
	}
}

function editOf([from, to]: readonly [number, number]): EditEntry {
	return { mediaTime: from, duration: ((to - from) * MOVIE_RATE) / SAMPLE_RATE };
}

/** The parts of the stereo samples that a case plays. */
function partsOf(bytes: Uint8Array, { parts }: FormatCase): Uint8Array {
	const frameBytes = 8;
	if (parts === undefined) return bytes;
	return concat(parts.map(([from, to]) => bytes.subarray(frameBytes * from, frameBytes * to)));
}

/** HE-AAC in a container, made from the lower half band. */
function extend(adts: Uint8Array, container: string): Uint8Array {
	const extended = withSpectralBands(adts);
	return container === "adts"
		? extended
		: convertWithFfmpeg(extended, { from: "aac", to: container, args: ["-c", "copy"] });
}

/** Starts an endless response. */
function respondEndlessly(response: ServerResponse): void {
	response.setHeader("Content-Length", 1_000_000);
	response.write(waveFile(tune).subarray(0, 4_096));
}

/** Answers a POST with the right header and body alone. */
function respondToKey(request: IncomingMessage, response: ServerResponse, answer: Uint8Array): void {
	let body = "";
	request.on("data", (piece: Buffer) => {
		body += piece.toString();
	});
	request.on("end", () => {
		const isAllowed = request.method === "POST" && request.headers["x-key"] === "open" && body === "which=tune";
		response.writeHead(isAllowed ? 200 : 403).end(isAllowed ? answer : "");
	});
}

function makeHandler(script: string): (request: IncomingMessage, response: ServerResponse) => void {
	const serveEngine = sirv(ENGINE_FOLDER, { dev: true });
	const servePage = sirv(PAGE_FOLDER, { dev: true });
	const serveGolden = sirv(GOLDEN_FOLDER, { dev: true });
	const formats = new FormatFiles();
	const tuneFile = waveFile(tune);
	return (request, response) => {
		const path = request.url ?? "/";
		const [, index, part] = /^\/formats\/(\d+)(\/reference)?$/.exec(path) ?? [];
		if (index !== undefined) {
			response.end(part === undefined ? formats.file(Number(index)) : formats.reference(Number(index)));
		} else if (path === "/suite.js") {
			response.setHeader("Content-Type", "text/javascript");
			response.end(script);
		} else if (path === "/files/tune.wav") {
			response.end(tuneFile);
		} else if (path === "/files/endless") {
			respondEndlessly(response);
		} else if (path === "/files/keyed") {
			respondToKey(request, response, tuneFile);
		} else if (path === "/files/forbidden") {
			response.writeHead(403).end();
		} else if (path.startsWith("/engine/")) {
			request.url = path.slice("/engine".length);
			serveEngine(request, response);
		} else if (path.startsWith("/golden/")) {
			request.url = path.slice("/golden".length);
			serveGolden(request, response);
		} else {
			servePage(request, response);
		}
	};
}

/** Serves the suite's page twice: with and without cross-origin isolation. */
export async function serveSuite(): Promise<SuiteServer> {
	const handle = makeHandler(await bundlePage());
	const isolated = await listenLocally(handle, isolationHeaders);
	const plain = await listenLocally(handle, {});
	return {
		address: isolated.address,
		plainAddress: plain.address,
		close() {
			isolated.close();
			plain.close();
		},
	};
}
