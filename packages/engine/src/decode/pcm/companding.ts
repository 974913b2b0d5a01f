const CODES = 256;

/**
 * The value of every A-law code, full scale 1.
 *
 * Source: ITU-T, "Pulse code modulation (PCM) of voice frequencies", Recommendation G.711 (1988), table 1.
 */
export const aLawSamples: Float32Array = Float32Array.from({ length: CODES }, (_value, code) => {
	// Every other bit is inverted in transmission.
	const plain = code ^ 0x55;
	const segment = (plain >> 4) & 7;
	const step = ((plain & 15) << 4) + 8;
	const magnitude = segment === 0 ? step : (step + 256) << (segment - 1);
	return (plain & 0x80 ? magnitude : -magnitude) / 32_768;
});

/**
 * The value of every µ-law code, full scale 1.
 *
 * Source: ITU-T, "Pulse code modulation (PCM) of voice frequencies", Recommendation G.711 (1988), table 2.
 */
export const muLawSamples: Float32Array = Float32Array.from({ length: CODES }, (_value, code) => {
	const plain = ~code;
	const segment = (plain >> 4) & 7;
	const magnitude = ((((plain & 15) << 3) + 132) << segment) - 132;
	// Subtract from 0 to avoid negative zero.
	return (plain & 0x80 ? 0 - magnitude : magnitude) / 32_768;
});
