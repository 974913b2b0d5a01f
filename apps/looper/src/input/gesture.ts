/** What the performer does, on any input device. */
export type Gesture =
	| { readonly type: "press"; readonly pad: number; readonly velocity: number; readonly holder: string }
	| { readonly type: "release"; readonly holder: string }
	/** Releases what keys and pointers hold; devices go on reporting what comes up. */
	| { readonly type: "release-all" }
	| { readonly type: "stop"; readonly pad: number }
	| { readonly type: "stop-all" };

/** The holder of a pad that a pointer presses; that of a key is its code. */
export function pointerHolder(pointerId: number): string {
	return `pointer ${pointerId}`;
}

const deviceMark = "device ";

/** The holder of a pad that a control of a device presses. */
export function deviceHolder(device: string, channel: number, control: string): string {
	return `${deviceMark}${JSON.stringify(device)} ${channel} ${control}`;
}

/** Whether a device holds the pad; that one, or any. */
export function isDeviceHolder(holder: string, device?: string): boolean {
	// A quoted name is no beginning of another one.
	return holder.startsWith(device === undefined ? deviceMark : `${deviceMark}${JSON.stringify(device)} `);
}
