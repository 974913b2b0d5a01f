import { bankNames } from "../instrument/banks.ts";
import { padChoiceNames, sharedChoiceNames } from "./choices.ts";
import { isAvailable, type MappingActions } from "./mapping-actions.ts";
import { padAtPlace, placeCount, selectedPad } from "./pad-reference.ts";
import { padParameterNames, padSwitchNames, sharedParameterNames, sharedSwitchNames } from "./parameters.ts";
import { beatFactors, gridEdits, rollLengths, type Target } from "./targets.ts";

/** Targets that belong together. */
export interface TargetGroup {
	readonly title: string;
	readonly targets: readonly Target[];
}

/** The targets to choose from, without those that the instrument cannot serve. */
export function offeredTargets(actions: MappingActions): readonly TargetGroup[] {
	const places = Array.from({ length: placeCount }, (_, place) => padAtPlace(place));
	const pad = selectedPad;
	const groups: readonly TargetGroup[] = [
		{
			title: "Everything",
			targets: [
				{ type: "stop-all" },
				{ type: "start-stop" },
				{ type: "tap-tempo" },
				{ type: "record" },
				{ type: "keep-last" },
				...sharedParameterNames.map((parameter): Target => ({ type: "set", parameter })),
				...sharedSwitchNames.map((parameter): Target => ({ type: "switch", parameter })),
				...sharedChoiceNames.map((parameter): Target => ({ type: "next", parameter })),
				...bankNames.map((_, bank): Target => ({ type: "bank", bank })),
			],
		},
		{
			title: "Selected pad",
			targets: [
				{ type: "press", pad },
				{ type: "stop", pad },
				...padParameterNames.map((parameter): Target => ({ type: "set-pad", pad, parameter })),
				...padSwitchNames.map((parameter): Target => ({ type: "switch-pad", pad, parameter })),
				...[...beatFactors.keys()].map((factor): Target => ({ type: "scale-beats", pad, factor })),
				...gridEdits.map((edit): Target => ({ type: "beats", pad, edit })),
				...padChoiceNames.map((parameter): Target => ({ type: "next-of-pad", pad, parameter })),
				...[...rollLengths.keys()].map((length): Target => ({ type: "roll", pad, length })),
			],
		},
		{ title: "Play", targets: places.map((place): Target => ({ type: "press", pad: place })) },
		{ title: "Stop", targets: places.map((place): Target => ({ type: "stop", pad: place })) },
		{ title: "Select", targets: places.map((place): Target => ({ type: "select", pad: place })) },
	];
	return groups
		.map(({ title, targets }) => ({ title, targets: targets.filter((target) => isAvailable(target, actions)) }))
		.filter(({ targets }) => targets.length > 0);
}
