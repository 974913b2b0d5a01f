/**
 * Kernels that this very thread runs, by what leads a stream to them: the shared memory or the stream's port.
 *
 * What is posted to another thread arrives there as another object, so only a stream that was opened where its engine is finds
 * the kernel here.
 */
const kernels: WeakMap<object, () => void> = new WeakMap();

/** @param makeRoom - lets the kernel apply what waits in its rings */
export function enterOwnKernel(way: object, makeRoom: () => void): void {
	kernels.set(way, makeRoom);
}

/** @returns what makes room in the rings; undefined when another thread runs the kernel. */
export function ownKernelBehind(way: object): (() => void) | undefined {
	return kernels.get(way);
}
