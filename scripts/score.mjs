// How right are analyses? By class and half: half of each class was used for tuning, half is only for the last run.
import { parseArgs } from "node:util";
import { AudioEngine } from "flitzis-looper";
import { ensurePrograms } from "./ensure-programs.mjs";
import { corpora } from "./score/corpora.mjs";
import { RATE } from "./score/drum-kits.mjs";
import { ensurePackages } from "./score/packages.mjs";
import { openPeers } from "./score/peers.mjs";
import { RenderError } from "./score/render-song.mjs";
import { PeerSheet, ScoreSheet } from "./score/score-sheet.mjs";

/**
 * @param {AudioEngine} engine
 * @param {import("./score/render-track.mjs").Recording} recording
 * @param {ScoreSheet} sheet
 */
async function score(engine, { samples, truth }, sheet) {
	await engine.loadSample(0, { channels: [samples], sampleRate: RATE });
	const before = process.cpuUsage();
	const analysis = await engine.pad(0).analyze();
	const { user, system } = process.cpuUsage(before);
	sheet.cpuSeconds += (user + system) / 1e6;
	sheet.minutes += samples.length / RATE / 60;
	sheet.add(truth, analysis, samples.length / RATE);
	engine.unloadSample(0);
	engine.renderOffline(1);
}

/**
 * @param {() => import("./score/render-track.mjs").Recording} make
 * @returns {import("./score/render-track.mjs").Recording | RenderError}
 */
function tryToMake(make) {
	try {
		return make();
	} catch (error) {
		if (error instanceof RenderError) return error;
		throw error;
	}
}

const HALVES = ["tuning", "last"];

const { values } = parseArgs({
	options: {
		count: { type: "string", default: "60" },
		class: { type: "string", multiple: true },
		half: { type: "string" },
		peers: { type: "boolean", default: false },
	},
});
if (values.half !== undefined && !HALVES.includes(values.half))
	throw new Error(`--half must be one of ${HALVES.join(", ")}, not ${values.half}.`);
ensurePackages();
if (values.peers) ensurePrograms(["chromium"]);
const opened = values.peers ? await openPeers() : null;
const peers = opened?.peers ?? {};
const engine = new AudioEngine({ output: "offline", sampleRate: RATE });
await engine.run();
for (const { name, items } of corpora(Number(values.count))) {
	if (values.class !== undefined && !values.class.some((part) => name.includes(part))) continue;
	for (const half of HALVES) {
		if (values.half !== undefined && values.half !== half) continue;
		const sheet = new ScoreSheet();
		const sheets = Object.fromEntries(Object.keys(peers).map((peer) => [peer, new PeerSheet()]));
		const faults = [];
		for (const { make } of items.filter((item) => item.half === half)) {
			const recording = tryToMake(make);
			if (recording instanceof RenderError) {
				faults.push(recording.message);
				continue;
			}
			await score(engine, recording, sheet);
			for (const [peer, tempoOf] of Object.entries(peers))
				sheets[peer]?.add(recording.truth.bpm, await tempoOf(recording.samples));
		}
		console.log(`\n${name}, ${half} half`);
		for (const fault of faults) console.log(`  ${fault}`);
		for (const [figure, value] of Object.entries(sheet.read())) console.log(`  ${figure.padEnd(25)}${value}`);
		for (const [peer, told] of Object.entries(sheets)) console.log(`  ${peer.padEnd(25)}${told.read()}`);
	}
}
await engine.shutDown();
await opened?.close();
