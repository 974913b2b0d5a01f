/** The control of a soak: one bare oscillator, which nothing but the machine itself can interrupt. */
export async function startControl() {
	const context = new AudioContext();
	const oscillator = new OscillatorNode(context);
	oscillator.connect(new GainNode(context, { gain: 0.01 })).connect(context.destination);
	oscillator.start();
	await context.resume();
	return () => context.playbackStats.underrunEvents;
}
