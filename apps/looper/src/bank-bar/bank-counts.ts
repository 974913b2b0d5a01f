import { bankNames, placesPerBank } from "../instrument/banks.ts";
import { isSounding, playStates } from "../instrument/play-state.ts";

const queued = playStates.indexOf("queued");

/** How many pads of each bank sound and wait for their line. */
export interface BankCounts {
	readonly sounding: Uint8Array;
	readonly queued: Uint8Array;
}

/** Counts of silent banks. */
export function createBankCounts(): BankCounts {
	return { sounding: new Uint8Array(bankNames.length), queued: new Uint8Array(bankNames.length) };
}

/** Counts the pads of each bank. Does not allocate. @param padState - as an activity has it */
export function countBanks(padState: Uint8Array, into: BankCounts): void {
	into.sounding.fill(0);
	into.queued.fill(0);
	for (let pad = 0; pad < padState.length; pad++) {
		const state = padState[pad]!;
		if (state === 0) continue;
		const bank = Math.floor(pad / placesPerBank);
		if (isSounding(state)) into.sounding[bank]! += 1;
		else if (state === queued) into.queued[bank]! += 1;
	}
}

/** The accessible name of a bank's button. */
export function bankLabel(bank: number, sounding: number, waiting: number): string {
	const parts = [`Bank ${bankNames[bank]}`];
	if (sounding > 0) parts.push(`${sounding} playing`);
	if (waiting > 0) parts.push(`${waiting} queued`);
	return parts.join(", ");
}
