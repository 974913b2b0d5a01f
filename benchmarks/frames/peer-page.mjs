// What the least pages that move as much cost in the same browser.

/** @typedef {"nothing" | "bars" | "layers"} Peer */

/** What each peer writes in every frame to 32 elements. */
export const PEERS = /** @type {const} */ (["nothing", "bars", "layers"]);

/**
 * Fills an empty page. Runs in the page.
 *
 * @param {Peer} peer
 */
export function showPeerInPage(peer) {
	const bars = Array.from({ length: 32 }, (_, place) => {
		const bar = document.createElement("div");
		const [left, top] = [(place % 8) * 160, Math.floor(place / 8) * 160];
		Object.assign(bar.style, {
			position: "absolute",
			left: `${left}px`,
			top: `${top}px`,
			width: "150px",
			height: "150px",
		});
		Object.assign(bar.style, { background: "teal", willChange: peer === "layers" ? "transform" : "auto" });
		return bar;
	});
	document.body.replaceChildren(...bars);
	let frame = 0;
	const step = () => {
		requestAnimationFrame(step);
		frame += 1;
		if (peer === "nothing") return;
		for (const [place, bar] of bars.entries()) bar.style.transform = `scaleY(${((frame + place) % 64) / 64})`;
	};
	requestAnimationFrame(step);
}
