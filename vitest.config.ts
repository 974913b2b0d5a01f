import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Tests of whole engines: they run over either threading. */
const engineTests = "packages/engine/test/**/*.test.ts";
const isEverySuite = process.env["EVERY_SUITE"] === "1";
/** Run by `npm run verify` alone: Node's context hands each of 1,800 blocks to another thread, and four GiB are played. */
const long = isEverySuite ? [] : ["**/golden-in-context.test.ts", "**/longest-sample.test.ts"];
/** Repeated over message threading by `npm run verify` alone: what loader threads do by themselves, and what takes long. */
const repeated = isEverySuite
	? []
	: [
			"bounds",
			"cache",
			"export-wav",
			"hostile-loader",
			"large-sources",
			"loader-model",
			"loop-seam",
			"offline-room",
			"performance",
			"recording",
			"recording-by-bars",
			"same-content",
			"short-recordings",
			"source-bounds",
			"source-ends",
			"source-kinds",
		].map((name) => `**/${name}.test.ts`);

export default defineConfig({
	test: {
		// For what hangs: a busy machine takes ten times as long as a quiet one.
		testTimeout: 300_000,
		hookTimeout: 300_000,
		pool: "forks",
		// Starting a process for each of 390 files would take a third of the time.
		isolate: false,
		// By default one core is left for watching, which is half of two; no test looks at a clock.
		maxWorkers: availableParallelism(),
		projects: [
			{
				extends: true,
				test: {
					name: "shared",
					include: ["{packages,scripts,apps,examples,tests}/**/*.test.ts"],
					exclude: ["**/node_modules/**", ...long],
				},
			},
			{
				extends: true,
				resolve: {
					alias: [
						{
							find: /^flitzis-looper$/,
							replacement: fileURLToPath(new URL("packages/engine/test/message-engine.ts", import.meta.url)),
						},
					],
				},
				test: {
					name: "messages",
					include: [engineTests],
					// They bring a memory or a thread of their own, or start a process that does.
					exclude: [
						"**/rings-under-threads.test.ts",
						"**/audio-thread-allocation.test.ts",
						"**/node-script.test.ts",
						"**/messages.test.ts",
						"**/fixtures.test.ts",
						...long,
						...repeated,
					],
				},
			},
		],
	},
});
