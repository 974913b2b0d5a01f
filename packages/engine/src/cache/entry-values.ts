/** Whether a value of an entry is an object with these keys. */
export function hasKeys<Key extends string>(value: unknown, ...keys: Key[]): value is Record<Key, unknown> {
	return typeof value === "object" && value !== null && keys.every((key) => Object.hasOwn(value, key));
}

/** Whether a value of an entry is a whole number of 1 or more. */
export function isCount(value: unknown): value is number {
	return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}
