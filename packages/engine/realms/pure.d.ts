/** What the pure realm needs to know of types that both the DOM and Node have. */
declare interface Blob {
	readonly size: number;
	readonly type: string;
}

declare interface AbortSignal {
	readonly aborted: boolean;
	readonly reason: unknown;
	addEventListener(type: "abort", listener: () => void): void;
	removeEventListener(type: "abort", listener: () => void): void;
}

declare interface URL {
	readonly href: string;
}

declare class AbortController {
	readonly signal: AbortSignal;
	abort(reason?: unknown): void;
}
