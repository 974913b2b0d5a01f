/** Frames of the engine's clock: the first of a take, and the one that it ends before. `IMMEDIATELY` is the first of the next block. */
interface TakeSpan {
	readonly atFrame: number;
	/** Null for a take that `stop` ends. */
	readonly endFrame: number | null;
}

/** The frames of a take that ends by itself. */
export interface PlannedSpan extends TakeSpan {
	readonly endFrame: number;
}

/** Tells where a take should lie, by where it lies and the frame that it has begun with, null where that is not known. */
export type FollowSpan = (span: PlannedSpan, begunFrame: number | null) => PlannedSpan;

/** When a take is recorded. */
export interface TakeTiming {
	/** Asked when its file is open. */
	span(): TakeSpan;
	/** Asked again and again, of a take that ends by itself; null for one that does not move. */
	readonly follow: FollowSpan | null;
}
