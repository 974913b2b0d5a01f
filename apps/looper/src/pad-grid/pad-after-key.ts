/** How the pads lie. */
export interface GridShape {
	readonly columns: number;
	readonly pads: number;
}

/**
 * The pad that the keyboard's focus goes to.
 *
 * @param code - the key, as in `KeyboardEvent.code`
 * @param pad - where the focus is
 * @returns null where the key means nothing or leads out of the grid
 */
export function padAfterKey(code: string, pad: number, { columns, pads }: GridShape): number | null {
	const column = pad % columns;
	const targets: Partial<Record<string, number>> = {
		ArrowLeft: column > 0 ? pad - 1 : -1,
		ArrowRight: column < columns - 1 ? pad + 1 : -1,
		ArrowUp: pad - columns,
		ArrowDown: pad + columns,
		Home: 0,
		End: pads - 1,
	};
	const target = targets[code];
	return target !== undefined && target >= 0 && target < pads ? target : null;
}
