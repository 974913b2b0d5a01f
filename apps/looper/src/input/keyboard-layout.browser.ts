import { keyLabel } from "./key-label.ts";
import { padKeyCodes } from "./keyboard.ts";

/** The Keyboard Map of the platforms that have it. */
interface LayoutNavigator {
	readonly keyboard?: { getLayoutMap?(): Promise<ReadonlyMap<string, string>> };
}

/** The key of each pad as the performer's keyboard prints it, as far as the browser tells. */
export async function readPadKeyLabels(): Promise<readonly string[]> {
	const { keyboard } = navigator as LayoutNavigator;
	// A page without permission for the layout still has keys.
	const layout = await keyboard?.getLayoutMap?.().catch(() => undefined);
	return padKeyLabels(layout);
}

/** The key of each pad as `layout` types it, or by its place. */
export function padKeyLabels(layout?: ReadonlyMap<string, string>): readonly string[] {
	return padKeyCodes.map((code) => keyLabel(code, layout?.get(code)));
}
