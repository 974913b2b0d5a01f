import type { PadSettings } from "../instrument/pad-state.ts";
import { readColor, readPadSettings } from "../sets/parse-settings.ts";
import { SetField } from "../sets/set-field.ts";

/** One pad of the demo set. */
interface DemoPad {
	/** File name, relative to the set's own file. */
	readonly file: string;
	readonly title: string;
	/** As a set's file has them; those that are not there have their default. */
	readonly settings: PadSettings;
	/** Colour of the sound's family as "#rrggbb"; null for none. */
	readonly color: string | null;
}

const mostCharacters = 100;

/**
 * Parses the content of the demo set's `set.json`.
 *
 * @param most - pads that there may be
 * @returns its pads in their order
 * @throws TypeError that names the first thing that is wrong
 */
export function parseDemoSet(content: unknown, most: number): readonly DemoPad[] {
	const problems: string[] = [];
	const items = new SetField("", content, problems).field("pads").list(most);
	const pads = items.map((item) => ({
		file: item.field("file").text(mostCharacters) ?? "",
		title: item.field("title").text(mostCharacters) ?? "",
		settings: readPadSettings(item.field("settings")),
		color: readColor(item.field("color")),
	}));
	if (problems[0] !== undefined) throw new TypeError(`${problems[0]} Mend set.json.`);
	return pads;
}
