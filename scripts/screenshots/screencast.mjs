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
 * @param {string} path - of the image
 * @param {() => Promise<void>} action
 */
export async function recordPage(page, path, action) {
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
	writeImage(frames, path);
}

/** @param {readonly { bytes: Buffer, seconds: number }[]} frames - each is shown until the next one comes @param {string} path */
function writeImage(frames, path) {
	const folder = mkdtempSync(join(tmpdir(), "screencast-"));
	try {
		const lines = frames.map(({ bytes, seconds }, index) => {
			writeFileSync(join(folder, `${index}.jpg`), bytes);
			const next = frames[index + 1]?.seconds ?? seconds + 1 / FRAMES_PER_SECOND;
			return `file ${index}.jpg\nduration ${next - seconds}`;
		});
		writeFileSync(join(folder, "frames.txt"), `ffconcat version 1.0\n${lines.join("\n")}\n`);
		const filter = `fps=${FRAMES_PER_SECOND},scale=${WIDTH}:-2:flags=lanczos`;
		const input = ["-v", "error", "-y", "-f", "concat", "-i", join(folder, "frames.txt"), "-vf", filter];
		const output = ["-c:v", "libwebp_anim", "-loop", "0", "-q:v", String(QUALITY), "-compression_level", "6", path];
		execFileSync(programPath("ffmpeg"), [...input, ...output], { stdio: "inherit" });
	} finally {
		rmSync(folder, { recursive: true });
	}
}
