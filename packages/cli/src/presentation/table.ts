/** A line of a table, and lines that follow it. */
export interface TableRow {
	/** One per heading; the last may have any width. */
	readonly cells: readonly string[];
	readonly notes: readonly string[];
}

/** @returns lines, each with a line feed */
export function tableOf(headings: readonly string[], rows: readonly TableRow[]): string {
	const widths = headings.map((heading, column) =>
		Math.max(heading.length, ...rows.map(({ cells }) => cells[column]?.length ?? 0)),
	);
	const line = (cells: readonly string[]): string =>
		cells
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join("  ")
			.trimEnd();
	return [line(headings), ...rows.flatMap(({ cells, notes }) => [line(cells), ...notes]), ""].join("\n");
}
