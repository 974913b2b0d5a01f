import { expect, test } from "vitest";
import { RenderError, renderSong } from "./render-song.mjs";

const reasonOf = (...command: string[]) => {
	try {
		renderSong("no song", () => command);
	} catch (error) {
		if (error instanceof RenderError) return error.message;
		throw error;
	}
	return "none";
};

test("a song whose program fails, is missing or writes nothing cannot be rendered", () => {
	const script = "console.error('first'); console.error('No such kit.'); process.exit(3)";
	expect(reasonOf(process.execPath, "-e", script)).toBe(
		`no song could not be rendered: ${process.execPath} ended with 3: No such kit.`,
	);
	expect(reasonOf("no-such-program")).toContain("no-such-program ENOENT");
	expect(reasonOf(process.execPath, "-e", "")).toBe(
		`no song could not be rendered: ${process.execPath} wrote no file.`,
	);
});

test("a silent song cannot be rendered", () => {
	const silence = (wave: string) => `-v error -f lavfi -i anullsrc=duration=1 ${wave}`.split(" ");
	expect(() => renderSong("silence", (wave) => ["ffmpeg", ...silence(wave)])).toThrow("silence could not be rendered");
});
