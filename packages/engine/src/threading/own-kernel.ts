import type { RoutedStreamDescriptor } from "../protocol/stream-descriptor.ts";

/**
 * Kernels that run on this very thread, by a producer's way to them: the shared memory or the producer's port.
 *
 * Posting makes a new object on the other thread, so only a producer that was opened on its engine's own thread finds a
 * kernel here.
 */
const kernels: WeakMap<object, () => void> = new WeakMap();

/** @param makeRoom - lets the kernel apply what waits in its rings */
export function enterOwnKernel(descriptor: RoutedStreamDescriptor, makeRoom: () => void): void {
	kernels.set(wayOf(descriptor), makeRoom);
}

/** @returns what makes room in the rings; undefined when another thread runs the kernel. */
export function ownKernelBehind(descriptor: RoutedStreamDescriptor): (() => void) | undefined {
	return kernels.get(wayOf(descriptor));
}

function wayOf(descriptor: RoutedStreamDescriptor): object {
	return "memory" in descriptor ? descriptor.memory : descriptor.port;
}
