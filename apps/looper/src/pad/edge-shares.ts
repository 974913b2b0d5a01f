/** The edges of a pad in the order in which its progress passes them. */
export const edges = ["top", "right", "bottom", "left"] as const;

/** Steps around a pad: a smaller one cannot be seen. */
const steps = 512;

/** The nearest progress that looks different. @param share - 0..1 */
export function visibleShare(share: number): number {
	return Math.round(share * steps) / steps;
}

/** How much of an edge the progress around the pad fills, 0..1: each edge is a quarter of it. @param edge - 0..3 */
export function edgeShare(edge: number, share: number): number {
	return Math.min(1, Math.max(0, share * edges.length - edge));
}
