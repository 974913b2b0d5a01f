import { newEditGesture } from "../instrument/edit-gesture.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { padCount } from "../instrument/pads.ts";
import type { SetControls } from "../instrument/set-controls.ts";
import type { SetSettings } from "../instrument/set-settings.ts";
import { heldBeats } from "../pad-panel/loop-edit.ts";
import { nextQuantum, withNextChoice } from "./choices.ts";
import type { Accessor, MappingActions } from "./mapping-actions.ts";

/** What mapped controls do to an instrument. */
export function actionsOf(instrument: Instrument): MappingActions {
	const { banks, conductor, pads, padActions, poller, presses, selection, settings, transport } = instrument;
	let isRunning = false;
	poller.readings.add(({ activity }) => {
		isRunning = activity.isTransportRunning;
	});
	return {
		padCount,
		perform: (gesture) => presses.perform(gesture),
		padAt: (place) => banks.padAt(place),
		padSettings: (pad) => pads.states[pad]!.settings,
		setPad: (pad, values, gesture) => pads.set(pad, values, gesture),
		switchLoop: (pad, isLooping) => pads.switchLoop(pad, isLooping),
		recordingOf: (pad) => pads.sampleInfo(pad)?.source ?? null,
		scaleBeats: (pad, factor) =>
			pads.setEach(
				selection.editedWith(pad),
				({ lengthBeats }) => ({ lengthBeats: heldBeats(lengthBeats * factor) }),
				newEditGesture(),
			),
		editGrid: (pad, edit, timeMs) => instrument.analyses?.grid.edit(selection.editedWith(pad), edit, timeMs),
		chooseNext: (pad, choice) =>
			pads.set(pad, withNextChoice(choice, pads.states[pad]!.settings, settings.settings.beatsPerBar)),
		chooseNextQuantum: () => settings.set({ quantum: nextQuantum(settings.settings) }),
		values: {
			"master.gainDecibels": accessor(settings, "masterGainDecibels"),
			"master.limiterCeilingDecibels": accessor(settings, "limiterCeilingDecibels"),
			"transport.tempo": accessor(settings, "tempo"),
			"transport.lateWindowSec": accessor(settings, "lateWindowSec"),
			"transport.metronomeGainDecibels": accessor(settings, "metronomeGainDecibels"),
		},
		switches: {
			"master.isLimiterOn": accessor(settings, "isLimiterOn"),
			"transport.isExclusive": accessor(settings, "isExclusive"),
			"transport.isMetronomeOn": accessor(settings, "isMetronomeOn"),
		},
		selectedPad: () => selection.pad,
		select: (pad) => selection.select(pad),
		showBank: (bank) => banks.show(bank),
		tapTempo: (milliseconds) => transport.tap(milliseconds),
		startOrStop: () => (isRunning ? transport.stop() : transport.start()),
		record: () => void instrument.recording?.recorder.toggle(),
		keepLast: () => void instrument.recording?.recorder.keepLast(),
		roll: (pad, beats) => padActions.roll(pad, beats),
		endRoll: (pad) => padActions.endRoll(pad),
		clock: conductor,
	};
}

function accessor<Name extends keyof SetSettings>(settings: SetControls, name: Name): Accessor<SetSettings[Name]> {
	return {
		read: () => settings.settings[name],
		write: (value, gesture) => settings.set({ [name]: value }, gesture),
	};
}
