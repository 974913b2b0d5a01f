// How long does the instrument take in Chromium from navigation until its pads can be played: at a first visit, and at a reload,
// when its set is kept and its service worker answers? The stages on the way are printed, in milliseconds since the navigation; then
// the same as multiples of what the engine alone takes on an empty page, in the same round, to load the same files from addresses.
// The peers are opened in turn with the app, because a machine that is busy slows all of them down. What the browser's processes
// have computed until then is least disturbed by other work; it is compared with what they compute for the engine alone.
//
// A trace of two further openings gives the longest task on the main thread in processor time.
//
// npm run bench -- open-instrument --rounds 7 --apps apps/looper/dist,OTHER-BUILD
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { createAppServer } from "../../packages/cli/dist/serving/app-server.js";
import { programPath } from "../../scripts/ensure-programs.mjs";
import { startPulseAudio } from "../../scripts/start-pulseaudio.mjs";
import { longestMainTaskMs } from "../load/main-thread-trace.mjs";
import { median } from "../load/songs.mjs";
import { loadWithEngineAlone } from "../opening/engine-alone.mjs";
import { watchOpening } from "../opening/watch-opening.mjs";
import { servePage } from "../serve-page.mjs";

/** @typedef {import("../opening/watch-opening.mjs").Opening} Opening */
/** @typedef {import("@playwright/test").Page} Page */
/** @typedef {{ idle: number, first: number, all: number, processor: number }} Peer */

const SAMPLE_RATE = 48_000;
const BUILT = fileURLToPath(new URL("../../apps/looper/dist", import.meta.url));
/** After the service worker has taken over, so that the set is saved and the page idle. */
const SETTLE_MS = 2_000;

/** @type {Readonly<Record<keyof Opening, string>>} */
const STAGES = {
	script: "script runs",
	kernel: "kernel asked for",
	thread: "loader script asked for",
	paint: "first contents painted",
	engine: "engine runs",
	first: "first pad can be played",
	all: "all pads can be played",
	task: "longest main-thread task",
	processor: "processor time until then",
};

const { values: options } = parseArgs({
	options: { rounds: { type: "string", default: "7" }, apps: { type: "string", default: BUILT } },
});
const rounds = Number(options.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error("--rounds must be a positive integer.");
const builds = options.apps.split(",");

/** Serves a build as the command line tool does. @param {string} folder */
async function serveBuild(folder) {
	const server = await createAppServer(folder);
	server.listen(0, "localhost");
	await once(server, "listening");
	const address = server.address();
	const port = address !== null && typeof address === "object" ? address.port : 0;
	return {
		origin: `http://localhost:${port}/`,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}

const sounds = join(BUILT, "demo");
const names = readdirSync(sounds).filter((name) => name.endsWith(".wav"));
const loudspeaker = await startPulseAudio(SAMPLE_RATE);
const browser = await chromium.launch({
	executablePath: programPath("chromium"),
	args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
	ignoreDefaultArgs: ["--mute-audio"],
	env: { ...process.env, ...loudspeaker.environment },
});
const devtools = await browser.newBrowserCDPSession();
const apps = await Promise.all(builds.map(serveBuild));
const alone = await servePage((path) =>
	path.startsWith("/demo/") ? readFileSync(join(sounds, path.slice("/demo/".length))) : null,
);

/** Runs work on a page that nobody has visited before. @template T @param {(page: Page) => Promise<T>} work */
async function onNewPage(work) {
	const context = await browser.newContext();
	try {
		return await work(await context.newPage());
	} finally {
		await context.close();
	}
}

/** Milliseconds that all of the browser's processes have computed so far. */
async function processorMs() {
	const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
	return 1000 * processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** Navigates, and follows the opening. @param {Page} page @param {() => Promise<unknown>} navigate @returns {Promise<Opening>} */
async function open(page, navigate) {
	const before = await processorMs();
	await navigate();
	const opening = await page.evaluate(async () => {
		/** @type {() => Promise<Opening>} */
		const wait = Reflect.get(globalThis, "untilOpen");
		return wait();
	});
	return { ...opening, processor: (await processorMs()) - before };
}

/** @param {Page} page @param {string} origin */
async function visit(page, origin) {
	await page.addInitScript(watchOpening, names.length);
	return open(page, () => page.goto(origin, { waitUntil: "commit" }));
}

/** @param {Page} page */
function reload(page) {
	return open(page, () => page.reload({ waitUntil: "commit" }));
}

/** Waits until the app is kept and idle. @param {Page} page */
async function settle(page) {
	await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 60_000 });
	await page.waitForTimeout(SETTLE_MS);
}

/** One first visit, and one reload. @param {string} origin */
function openTwice(origin) {
	return onNewPage(async (page) => {
		const first = await visit(page, origin);
		await settle(page);
		return { first, again: await reload(page) };
	});
}

/** The longest task of a first visit and of a reload, in processor time. @param {string} origin */
function tracedTasks(origin) {
	return onNewPage(async (page) => {
		const first = await longestMainTaskMs(browser, page, () => visit(page, origin));
		await settle(page);
		const again = await longestMainTaskMs(browser, page, () => reload(page));
		return { first, again };
	});
}

/** The peers: an empty page, and the engine alone on it. */
function openPeers() {
	return onNewPage(async (page) => {
		await page.goto(alone.origin);
		const idle = await page.evaluate(
			() => performance.getEntriesByType("navigation").map((entry) => entry.duration)[0] ?? Number.NaN,
		);
		const before = await processorMs();
		const { first, all } = await page.evaluate(
			loadWithEngineAlone,
			names.map((name) => `/demo/${name}`),
		);
		return { idle, first, all, processor: (await processorMs()) - before };
	});
}

/** Prints one line. @param {string} name @param {string[]} cells */
function print(name, ...cells) {
	console.log(name.padEnd(28) + cells.map((cell) => cell.padStart(10)).join(""));
}

/** Prints the least, the median, and the median multiple of a peer. @param {string} name @param {number[]} times @param {number[]} peer */
function printTimes(name, times, peer) {
	const ratio = median(times.map((time, round) => time / (peer[round] ?? Number.NaN)));
	print(name, Math.min(...times).toFixed(0), median(times).toFixed(0), ratio.toFixed(2));
}

/** @param {string} title @param {Opening[]} openings @param {Peer[]} peers */
function printOpenings(title, openings, peers) {
	print(title, "least", "median", "of engine");
	for (const [stage, name] of Object.entries(STAGES)) {
		const times = openings.map((opening) => opening[/** @type {keyof Opening} */ (stage)]);
		const theirs = peers.map((peer) => (stage === "processor" ? peer.processor : peer.all));
		printTimes(`  ${name}`, times, theirs);
	}
}

try {
	console.log(`${cpus().length} × ${cpus()[0]?.model ?? "?"}; load ${loadavg()[0]?.toFixed(1)} at the start`);
	/** @type {Peer[]} */
	const peers = [];
	/** @type {{ first: Opening, again: Opening }[][]} */
	const openings = apps.map(() => []);
	for (let round = 1; round <= rounds; round++) {
		const peer = await openPeers();
		peers.push(peer);
		const shown = [`engine alone ${peer.all.toFixed(0)} (${peer.processor.toFixed(0)} computed)`];
		for (const [index, { origin }] of apps.entries()) {
			const opening = await openTwice(origin);
			openings[index]?.push(opening);
			const [first, again] = [opening.first, opening.again].map(
				({ all, processor }) => `${all.toFixed(0)} (${processor.toFixed(0)} computed)`,
			);
			shown.push(`first visit ${first}, reload ${again}`);
		}
		console.log(`round ${round}, ms: ${shown.join("; ")} (load ${loadavg()[0]?.toFixed(1)})`);
	}
	const all = peers.map((peer) => peer.all);
	print("peers", "least", "median", "of engine");
	printTimes(
		"  an empty page",
		peers.map(({ idle }) => idle),
		all,
	);
	printTimes(
		"  engine alone, first sample",
		peers.map(({ first }) => first),
		all,
	);
	printTimes("  engine alone, all samples", all, all);
	const processor = peers.map((peer) => peer.processor);
	printTimes("  its processor time", processor, processor);
	for (const [index, build] of builds.entries()) {
		const ofBuild = openings[index] ?? [];
		if (builds.length > 1) console.log(build);
		printOpenings(
			"first visit",
			ofBuild.map(({ first }) => first),
			peers,
		);
		printOpenings(
			"reload",
			ofBuild.map(({ again }) => again),
			peers,
		);
		const tasks = await tracedTasks(apps[index]?.origin ?? "");
		print("longest task, processor time", tasks.first.toFixed(0), tasks.again.toFixed(0));
	}
} finally {
	await browser.close();
	await loudspeaker.stop();
	for (const app of apps) app.close();
	alone.close();
}
