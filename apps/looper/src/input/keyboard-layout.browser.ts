import { keyLabel } from "./key-label.ts";

/** The Keyboard Map API, where the browser has it. */
interface LayoutNavigator {
	readonly keyboard?: { getLayoutMap?(): Promise<ReadonlyMap<string, string>> };
}

/** The name of a key, by its position. */
export type KeyLabels = (code: string) => string;

/** Names keys by their position alone. */
export const positionLabels: KeyLabels = (code) => keyLabel(code, undefined);

/** The names of keys as printed on the performer's keyboard, as far as the browser knows. */
export async function readKeyLabels(): Promise<KeyLabels> {
	const { keyboard } = navigator as LayoutNavigator;
	// Without permission to read the layout, keys are named by position.
	const layout = await keyboard?.getLayoutMap?.().catch(() => undefined);
	return (code) => keyLabel(code, layout?.get(code));
}
