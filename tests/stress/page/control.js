/** The control of a soak: a bare oscillator, whose underruns are due to the machine only. */
export async function startControl() {
	const context = new AudioContext();
	const oscillator = new OscillatorNode(context);
	oscillator.connect(new GainNode(context, { gain: 0.01 })).connect(context.destination);
	oscillator.start();
	await context.resume();
	return () => context.playbackStats.underrunEvents;
}
