import { mustBe } from "../check-arguments.ts";
import { streamClosed } from "../errors.ts";
import { MAX_PRODUCERS, MAX_SLOTS } from "../protocol/shared-memory.ts";
import type { StreamDescriptor } from "../protocol/stream-descriptor.ts";
import { isMessageDescriptor, mirrorProducer } from "./message-producer.ts";
import type { ProducerMemory } from "./producer-memory.ts";
import { isSharedDescriptor, shareProducer } from "./shared-producer.ts";

/**
 * Opens a producer's end on the calling thread, with the threading that its descriptor comes from.
 *
 * @throws TypeError when it is no descriptor; LooperError `closed` when its ring has no owner.
 */
export function openProducer(descriptor: StreamDescriptor): ProducerMemory {
	const usesMessages = isMessageDescriptor(descriptor);
	if (!usesMessages && !isSharedDescriptor(descriptor)) {
		throw new TypeError("The descriptor is none. Pass one from AudioEngine.createStreamHandle().");
	}
	checkField("ring", descriptor.ring, MAX_PRODUCERS);
	checkField("slots", descriptor.slots, MAX_SLOTS);
	// An even generation is that of a ring without an owner.
	if ((descriptor.generation & 1) === 0) throw streamClosed();
	return usesMessages ? mirrorProducer(descriptor) : shareProducer(descriptor);
}

function checkField(name: string, value: number, to: number): void {
	if (Number.isInteger(value) && value >= 1 && value <= to) return;
	throw new TypeError(mustBe(`descriptor.${name}`, `a whole number from 1 to ${to}`, value));
}
