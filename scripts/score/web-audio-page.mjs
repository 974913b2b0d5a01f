// The Chromium page that runs the peers which need Web Audio.
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { rolldown } from "rolldown";
import { programPath } from "../ensure-programs.mjs";
import { RATE } from "./drum-kits.mjs";

const ENTRY = fileURLToPath(new URL("./web-audio-peers.mjs", import.meta.url));
const GLOBAL = "webAudioPeers";

/** @typedef {typeof import("./web-audio-peers.mjs")} WebAudioPeers */
/** @typedef {import("./web-audio-peers.mjs").TempoRange} TempoRange */

/** The peers as a script, which sets a global. */
async function bundle() {
	const build = await rolldown({ input: ENTRY, platform: "browser", tsconfig: false });
	try {
		const { output } = await build.generate({ format: "iife", name: GLOBAL });
		return output[0].code;
	} finally {
		await build.close();
	}
}

/**
 * Runs in the page.
 *
 * @param {{ peer: keyof WebAudioPeers, url: string, range: TempoRange, sampleRate: number }} task
 */
async function tempoInPage({ peer, url, range, sampleRate }) {
	const { webAudioPeers } = /** @type {{ webAudioPeers: WebAudioPeers }} */ (/** @type {unknown} */ (globalThis));
	const response = await fetch(url);
	const channel = new Float32Array(await response.arrayBuffer());
	const recording = new AudioBuffer({ length: channel.length, sampleRate });
	recording.copyToChannel(channel, 0);
	return await webAudioPeers[peer](recording, range);
}

/** Opens the page. */
export async function openWebAudioPage() {
	const browser = await chromium.launch({ executablePath: programPath("chromium"), args: ["--no-sandbox"] });
	const page = await browser.newPage();
	await page.addScriptTag({ content: await bundle() });
	return {
		/**
		 * @param {keyof WebAudioPeers} peer
		 * @param {Float32Array} samples
		 * @param {TempoRange} range
		 * @returns {Promise<number>} NaN if it tells none
		 */
		async tempoOf(peer, samples, range) {
			const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
			const url = `data:application/octet-stream;base64,${bytes.toString("base64")}`;
			return await page.evaluate(tempoInPage, { peer, url, range, sampleRate: RATE });
		},
		close: () => browser.close(),
	};
}
