/** Keys that move the focus, play what has it, or belong to the system, and what they do. */
const takenKeys: Readonly<Record<string, string>> = {
	Escape: "it always stops everything",
	Tab: "it moves the focus",
	Enter: "it presses what has the focus",
	NumpadEnter: "it presses what has the focus",
	Space: "it presses what has the focus",
	ArrowLeft: "it moves the focus",
	ArrowRight: "it moves the focus",
	ArrowUp: "it moves the focus",
	ArrowDown: "it moves the focus",
	Home: "it moves the focus",
	End: "it moves the focus",
	Backspace: "it resets the fader that has the focus",
	Delete: "it resets the fader that has the focus",
	BracketLeft: "it shows the bank before",
	BracketRight: "it shows the bank behind",
	ContextMenu: "it opens the menu of a pad",
	F5: "the browser reloads the page with it",
	F11: "the browser has a use for it",
	F12: "the browser has a use for it",
};
const modifiers = /^(Shift|Control|Alt|Meta|OS|Fn|CapsLock|NumLock)/;

/** Keys that show a bank together with Alt. */
const bankDigits = /^Digit[1-8]$/;

/** Why a key cannot be mapped; null when it can. @param code - as in `KeyboardEvent.code` */
export function keyRefusal(code: string, alt: boolean): string | null {
	if (code === "" || modifiers.test(code)) return "the key is a modifier";
	if (alt && code === "KeyR") return "the key cannot be mapped, it records";
	if (alt && bankDigits.test(code)) return "the key cannot be mapped, it shows a bank";
	const use = Object.hasOwn(takenKeys, code) ? takenKeys[code] : undefined;
	return use === undefined ? null : `the key cannot be mapped, ${use}`;
}
