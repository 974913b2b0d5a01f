import { expect, test } from "vitest";
import { EngineSession, type Notice } from "../session/engine-session.ts";
import { FakeEngine } from "../session/fake-engine.ts";
import { putFiles } from "./put-files.ts";

function file(name: string): Blob & { readonly name: string } {
	return Object.assign(new Blob(["x"]), { name });
}

function sessionWithNotices(): { engine: FakeEngine; session: EngineSession; notices: Notice[] } {
	const engine = new FakeEngine();
	const session = new EngineSession(engine);
	const notices: Notice[] = [];
	session.notices.add((notice) => notices.push(notice));
	return { engine, session, notices };
}

test("files go to their pads under their names without extension", () => {
	const { session, notices } = sessionWithNotices();
	putFiles(session, [file("kick_1.wav"), file("snare.flac")], 6);
	expect([6, 7].map((pad) => session.pads[pad]?.load?.wanted.title)).toEqual(["kick 1", "snare"]);
	expect(notices).toEqual([]);
});

test("the performer is told how many files found no pad", () => {
	const { session, notices } = sessionWithNotices();
	const files = Array.from({ length: 35 }, (_, index) => file(`${index}.wav`));
	putFiles(session, files, 0);
	expect(session.pads.every((pad) => pad.load?.phase === "waiting")).toBe(true);
	expect(notices.map(({ text }) => text)).toEqual([expect.stringMatching(/^3 files were left out/u)]);
});

test("a drop without any audio file is answered", () => {
	const { session, notices } = sessionWithNotices();
	putFiles(session, [], 0);
	expect(notices).toHaveLength(1);
});

test("a file does not inherit the loop of the demo sound it replaces, but that of the performer's own", () => {
	const { engine, session } = sessionWithNotices();
	const beat = { source: "beat.wav", title: "Beat", isLooping: true, color: null };
	session.load(0, { ...beat, isDemo: true });
	session.load(1, { ...beat, isDemo: false });
	for (const pad of [0, 1]) engine.finishLoad(pad);
	session.poll();
	for (const pad of [0, 1]) {
		putFiles(session, [file("mine.wav")], pad);
		engine.finishLoad(pad);
	}
	session.poll();
	expect([0, 1].map((pad) => session.pads[pad]?.isLooping)).toEqual([false, true]);
});
