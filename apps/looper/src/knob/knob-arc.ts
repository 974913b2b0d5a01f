/** Degrees from the top to either end of a dial. */
const sweep = 135;
const centre = 20;

/** A point of a dial of 40 by 40. @param share - 0..1 */
export function dialPoint(share: number, radius: number): readonly [x: number, y: number] {
	const angle = ((share * 2 - 1) * sweep * Math.PI) / 180;
	return [round(centre + radius * Math.sin(angle)), round(centre - radius * Math.cos(angle))];
}

/** The arc of a dial between two shares, as an SVG path; empty where they are the same. */
export function dialArc(from: number, to: number, radius: number): string {
	const [first, last] = [Math.min(from, to), Math.max(from, to)];
	if (first === last) return "";
	const isLarge = (last - first) * 2 * sweep > 180 ? 1 : 0;
	return `M${dialPoint(first, radius).join(" ")}A${radius} ${radius} 0 ${isLarge} 1 ${dialPoint(last, radius).join(" ")}`;
}

function round(place: number): number {
	return Math.round(place * 100) / 100;
}
