import { LiveRegion } from "./announcements/live-region.browser.ts";
import { ConfirmDialog } from "./app/confirm-dialog.browser.ts";
import { LooperApp } from "./app/looper-app.browser.ts";
import { ObstacleScreen } from "./app/obstacle-screen.browser.ts";
import { BankBar } from "./bank-bar/bank-bar.browser.ts";
import { ChoiceField } from "./choice/choice-field.browser.ts";
import { HistoryButtons } from "./history/history-buttons.browser.ts";
import { NumberField } from "./knob/number-field.browser.ts";
import { ParameterKnob } from "./knob/parameter-knob.browser.ts";
import { BindingList } from "./mapping/binding-list.browser.ts";
import { DeviceList } from "./mapping/device-list.browser.ts";
import { LearnBar } from "./mapping/learn-bar.browser.ts";
import { MappingDialog } from "./mapping/mapping-dialog.browser.ts";
import { ShortcutSheet } from "./mapping/shortcut-sheet.browser.ts";
import { NoticeList } from "./notices/notice-list.browser.ts";
import { LooperPad } from "./pad/looper-pad.browser.ts";
import { PadGrid } from "./pad-grid/pad-grid.browser.ts";
import { PadMenu } from "./pad-menu/pad-menu.browser.ts";
import { LoopHandles } from "./pad-panel/loop-handles.browser.ts";
import { PadPanel } from "./pad-panel/pad-panel.browser.ts";
import { RollButtons } from "./pad-panel/roll-buttons.browser.ts";
import { WaveDisplay } from "./pad-panel/wave-display.browser.ts";
import { PerformanceButton } from "./performance/performance-button.browser.ts";
import { SetMenu } from "./sets/set-menu.browser.ts";
import { SoundBanner } from "./sound-banner/sound-banner.browser.ts";
import { DropoutFigure } from "./status-line/dropout-figure.browser.ts";
import { StatusLine } from "./status-line/status-line.browser.ts";
import { BeatLights } from "./transport-bar/beat-lights.browser.ts";
import { MasterMeter } from "./transport-bar/master-meter.browser.ts";
import { TransportBar } from "./transport-bar/transport-bar.browser.ts";

const elements = {
	"bank-bar": BankBar,
	"beat-lights": BeatLights,
	"binding-list": BindingList,
	"choice-field": ChoiceField,
	"confirm-dialog": ConfirmDialog,
	"device-list": DeviceList,
	"dropout-figure": DropoutFigure,
	"history-buttons": HistoryButtons,
	"live-region": LiveRegion,
	"learn-bar": LearnBar,
	"loop-handles": LoopHandles,
	"looper-app": LooperApp,
	"looper-pad": LooperPad,
	"mapping-dialog": MappingDialog,
	"master-meter": MasterMeter,
	"notice-list": NoticeList,
	"number-field": NumberField,
	"obstacle-screen": ObstacleScreen,
	"pad-grid": PadGrid,
	"pad-menu": PadMenu,
	"pad-panel": PadPanel,
	"parameter-knob": ParameterKnob,
	"performance-button": PerformanceButton,
	"roll-buttons": RollButtons,
	"set-menu": SetMenu,
	"shortcut-sheet": ShortcutSheet,
	"sound-banner": SoundBanner,
	"status-line": StatusLine,
	"transport-bar": TransportBar,
	"wave-display": WaveDisplay,
} as const;

/** Registers the instrument's custom elements. */
export function defineElements(): void {
	for (const [name, element] of Object.entries(elements)) customElements.define(name, element);
}

declare global {
	interface HTMLElementTagNameMap {
		"bank-bar": BankBar;
		"beat-lights": BeatLights;
		"binding-list": BindingList;
		"choice-field": ChoiceField;
		"confirm-dialog": ConfirmDialog;
		"device-list": DeviceList;
		"dropout-figure": DropoutFigure;
		"history-buttons": HistoryButtons;
		"live-region": LiveRegion;
		"learn-bar": LearnBar;
		"loop-handles": LoopHandles;
		"looper-app": LooperApp;
		"looper-pad": LooperPad;
		"mapping-dialog": MappingDialog;
		"master-meter": MasterMeter;
		"notice-list": NoticeList;
		"number-field": NumberField;
		"obstacle-screen": ObstacleScreen;
		"pad-grid": PadGrid;
		"pad-menu": PadMenu;
		"pad-panel": PadPanel;
		"parameter-knob": ParameterKnob;
		"performance-button": PerformanceButton;
		"roll-buttons": RollButtons;
		"set-menu": SetMenu;
		"shortcut-sheet": ShortcutSheet;
		"sound-banner": SoundBanner;
		"status-line": StatusLine;
		"transport-bar": TransportBar;
		"wave-display": WaveDisplay;
	}
}
