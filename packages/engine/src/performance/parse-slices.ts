import { MAX_SLICE_EDGE, MAX_SLICES } from "../protocol/commands.ts";
import { MAX_LOOP_FRAME } from "../protocol/parameters.ts";
import type { Slice, SliceTail } from "../protocol/slice.ts";
import type { PerformanceField } from "./performance-field.ts";

/** Reads a pad's slices from a performance file. @throws as `PerformanceField` */
export function parseSlices(field: PerformanceField): Slice[] {
	const slices = field.list(MAX_SLICES, parseSlice);
	const isAscending = slices.every(({ onsetFrame }, index) => onsetFrame >= (slices[index - 1]?.onsetFrame ?? -1) + 1);
	return isAscending ? slices : field.refuse("a list of slices, each a frame or more behind the one before");
}

function parseSlice(field: PerformanceField): Slice {
	const onsetFrame = field.field("onsetFrame").number(0, MAX_LOOP_FRAME);
	const startFrame = field.field("startFrame").number(onsetFrame - MAX_SLICE_EDGE, onsetFrame);
	const tail = field.field("tail");
	return { startFrame, onsetFrame, tail: tail.isNull ? null : parseTail(tail, onsetFrame) };
}

function parseTail(field: PerformanceField, onsetFrame: number): SliceTail {
	return {
		startFrame: field.field("startFrame").number(onsetFrame, onsetFrame + MAX_LOOP_FRAME),
		periodFrames: field.field("periodFrames").number(0, MAX_SLICE_EDGE),
		decay: field.field("decay").number(0, 1),
		isCorrelated: field.field("isCorrelated").boolean(),
	};
}
