import * as layout from "../protocol/shared-memory.ts";
import type { SharedStreamDescriptor, StreamDescriptor } from "../protocol/stream-descriptor.ts";
import { ownKernelBehind } from "./own-kernel.ts";
import type { ProducerMemory } from "./producer-memory.ts";

/** Whether the producer shares memory with the audio thread. */
export function isSharedDescriptor(descriptor: StreamDescriptor): descriptor is SharedStreamDescriptor {
	const buffer: unknown = (descriptor as Partial<SharedStreamDescriptor> | null | undefined)?.memory?.buffer;
	if (typeof SharedArrayBuffer === "undefined" || !(buffer instanceof SharedArrayBuffer)) return false;
	if (buffer.byteLength < layout.SHARED_END) return false;
	const header = new Int32Array(buffer, layout.HEADER, layout.HEADER_BYTES / 4);
	const isVersion = header[layout.HEADER_VERSION / 4] === layout.LAYOUT_VERSION;
	return isVersion && header[layout.HEADER_MAGIC / 4] === layout.LAYOUT_MAGIC;
}

/** The engine memory itself. Thread: the producer's. */
export function shareProducer(descriptor: SharedStreamDescriptor): ProducerMemory {
	const { memory } = descriptor;
	const makeRoom = ownKernelBehind(descriptor) ?? (() => {});
	return { buffer: memory.buffer, refresh: () => {}, published: () => {}, makeRoom, closed: () => {} };
}
