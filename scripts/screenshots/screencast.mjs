// Records what a page shows, as an animated WebP image.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programPath } from "../ensure-programs.mjs";

const FRAMES_PER_SECOND = 12;
const WIDTH = 960;
const QUALITY = 60;

/**
 * Records a page while something happens on it.
 *
 * @param {import("@playwright/test").Page} page
 * @param {{ path: string, cutOffPixels: number }} image - where it is written, and what of the page's lower end is left out
 * @param {() => Promise<void>} action
 */
export async function recordPage(page, image, action) {
	/** @type {{ bytes: Buffer, seconds: number }[]} */
	const frames = [];
	const session = await page.context().newCDPSession(page);
	session.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
		frames.push({ bytes: Buffer.from(data, "base64"), seconds: metadata.timestamp ?? 0 });
		void session.send("Page.screencastFrameAck", { sessionId });
	});
	await session.send("Page.startScreencast", { format: "jpeg", quality: 95 });
	await action();
	await session.send("Page.stopScreencast");
	writeImage(frames, Date.now() / 1000, image);
}

/** @param {readonly { bytes: Buffer, seconds: number }[]} frames - each is shown until the next one comes @param {number} endSeconds @param {{ path: string, cutOffPixels: number }} image */
function writeImage(frames, endSeconds, { path, cutOffPixels }) {
	const folder = mkdtempSync(join(tmpdir(), "screencast-"));
	try {
		const lines = frames.map(({ bytes, seconds }, index) => {
			writeFileSync(join(folder, `${index}.jpg`), bytes);
			const next = frames[index + 1]?.seconds ?? endSeconds;
			return `file ${index}.jpg\nduration ${(next - seconds).toFixed(6)}`;
		});
		writeFileSync(join(folder, "frames.txt"), `ffconcat version 1.0\n${lines.join("\n")}\n`);
		const filter = `fps=${FRAMES_PER_SECOND},crop=in_w:in_h-${cutOffPixels}:0:0,scale=${WIDTH}:-2:flags=lanczos`;
		const input = ["-v", "error", "-y", "-f", "concat", "-i", join(folder, "frames.txt"), "-vf", filter];
		const output = ["-c:v", "libwebp_anim", "-loop", "0", "-q:v", String(QUALITY), "-compression_level", "6", path];
		execFileSync(programPath("ffmpeg"), [...input, ...output], { stdio: "inherit" });
	} finally {
		rmSync(folder, { recursive: true });
	}
}
