/** Voices in the order in which they joined, linked in their own fields. */
import { Voice } from "./voice";

@unmanaged
export class VoiceList {
	oldest: usize;
	newest: usize;
	count: u32;
	unused: u32;
}

/** Forgets every voice. */
export function emptyList(list: VoiceList): void {
	list.oldest = 0;
	list.newest = 0;
	list.count = 0;
}

/** Adds a voice as the newest. */
export function append(list: VoiceList, voice: Voice): void {
	const address = changetype<usize>(voice);
	voice.older = list.newest;
	voice.newer = 0;
	if (list.newest == 0) list.oldest = address;
	else changetype<Voice>(list.newest).newer = address;
	list.newest = address;
	list.count++;
}

/** Takes a voice out. */
export function remove(list: VoiceList, voice: Voice): void {
	if (voice.older == 0) list.oldest = voice.newer;
	else changetype<Voice>(voice.older).newer = voice.newer;
	if (voice.newer == 0) list.newest = voice.older;
	else changetype<Voice>(voice.newer).older = voice.older;
	list.count--;
}
