// Makes the files that run on other threads, and the one of a page without a bundler: each self-contained, so that it can be served
// from anywhere.
import { copyFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));

/** @param {string} entry @param {string} file @param {"browser" | "node"} platform */
async function bundle(entry, file, platform) {
	const build = await rolldown({ input: entry, platform, tsconfig: false });
	await build.write({ file: `dist/${file}`, format: "esm", codeSplitting: false, minify: true });
	await build.close();
}

// Bundlers take the modules instead, so that they can split them.
await bundle("dist/index.browser.js", "flitzis-looper.min.js", "browser");
await bundle("dist/audio-thread/kernel-processor.worklet.js", "kernel-processor.js", "browser");
await bundle("dist/loading/loader-thread.worker.js", "loader-thread.js", "browser");
await bundle("dist/loading/loader-thread.node.js", "loader-thread.node.js", "node");
// A page that plays WAV fetches none of these formats.
for (const name of ["lossless-formats", "compressed-formats"])
	await bundle(`dist/decode/${name}.js`, `${name}.js`, "browser");
// Third-party code lies in files of its own: fetched when it is needed, and replaceable.
for (const name of ["mp3", "vorbis", "opus"])
	await bundle(`dist/decode/libraries/${name}.js`, `decoder-${name}.js`, "browser");
await bundle("dist/recording/recording-thread.worker.js", "recording-thread.js", "browser");
await bundle("dist/recording/recording-thread.node.js", "recording-thread.node.js", "node");
await bundle("dist/analysis/analysis-thread.worker.js", "analysis-thread.js", "browser");
await bundle("dist/analysis/analysis-thread.node.js", "analysis-thread.node.js", "node");
await bundle("dist/decode/platform/audio-child.node.js", "audio-child.node.js", "node");
await copyFile("../kernel/dist/kernel.wasm", "dist/kernel.wasm");
await copyFile("../kernel/dist/kernel-unshared.wasm", "dist/kernel-unshared.wasm");
await copyFile("../kernel/dist/loader.wasm", "dist/loader.wasm");
