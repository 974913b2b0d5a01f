import { expect, test } from "vitest";
import { createColumns, readSampleColumns } from "./wave-columns.ts";

const stereo = { channels: [Float32Array.of(0.25, 0.75, -0.25), Float32Array.of(-0.5, 0, 0.5)], firstFrame: 10 };

test("a column shows the lowest and the highest sample of both channels", () => {
	const columns = createColumns(2);
	readSampleColumns(stereo, { startFrame: 10, framesPerColumn: 1.5 }, columns);
	expect([...columns.lows]).toEqual([-0.5, -0.25]);
	expect([...columns.highs]).toEqual([0.25, 0.75]);
});

test("a column narrower than a frame shows the frame that it begins in", () => {
	const columns = createColumns(4);
	readSampleColumns(stereo, { startFrame: 11, framesPerColumn: 0.5 }, columns);
	expect([...columns.highs]).toEqual([0.75, 0.75, 0.5, 0.5]);
});

test("columns outside of the samples are unknown", () => {
	const columns = createColumns(3);
	readSampleColumns(stereo, { startFrame: 9, framesPerColumn: 4 }, columns);
	expect([...columns.lows].map((low, column) => low <= columns.highs[column]!)).toEqual([true, false, false]);
});
