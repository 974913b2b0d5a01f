/** The grid of pads. */
export interface GridShape {
	readonly columns: number;
	readonly pads: number;
}

/**
 * The pad that a key moves the focus to.
 *
 * @param code - the key, as in `KeyboardEvent.code`
 * @param pad - the pad that has the focus
 * @returns null when the key has no meaning or would leave the grid
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
