/** The part of a `MessagePort` that browsers, audio worklets and Node have in common. */
export interface PortLike<Incoming, Outgoing> {
	/** Called through `send`: the type of transferable objects differs between platforms. */
	postMessage(message: Outgoing, transfer: never[]): void;
	addEventListener(type: "message", listener: (event: { readonly data: Incoming }) => void): void;
	start(): void;
	close(): void;
	/** Node only: from here on the open port does not keep the process alive. */
	unref?(): void;
}

/** What moves to the other thread instead of being copied. */
export type Transferred = ArrayBuffer | PortLike<unknown, never>;

/** Two ports, each of which receives what the other posts. */
export interface ChannelLike<One, Other> {
	readonly port1: PortLike<One, Other>;
	readonly port2: PortLike<Other, One>;
}

/** Two ports of one thread, where a post is a call. */
export function directChannel<One, Other>(): ChannelLike<One, Other> {
	let first: (event: { readonly data: One }) => void = () => {};
	let second: (event: { readonly data: Other }) => void = () => {};
	const rest = { start: () => {}, close: () => {} };
	return {
		port1: {
			...rest,
			postMessage: (data) => second({ data }),
			addEventListener: (_type, listener) => {
				first = listener;
			},
		},
		port2: {
			...rest,
			postMessage: (data) => first({ data }),
			addEventListener: (_type, listener) => {
				second = listener;
			},
		},
	};
}

/** Posts a message; what is transferred is no longer the sender's. */
export function send<Outgoing>(
	port: PortLike<unknown, Outgoing>,
	message: Outgoing,
	transfer: readonly Transferred[] = [],
): void {
	port.postMessage(message, [...transfer] as unknown as never[]);
}

/** Listens to a port from now on, waiting messages included, without keeping Node's process alive. */
export function listen<Incoming>(port: PortLike<Incoming, never>, listener: (message: Incoming) => void): void {
	port.addEventListener("message", ({ data }) => listener(data));
	port.start();
	port.unref?.();
}

/** Node's `receiveMessageOnPort`. */
type Receive = (port: PortLike<unknown, never>) => { readonly message: unknown } | undefined;

/** Null where messages arrive in the event loop only. */
const receive: Receive | null = nodeReceive();

/**
 * Receives at once what waits at a port, where the platform can do so without returning to the event loop (Node): a thread
 * that never yields still receives, and offline renders do not depend on the event loop.
 */
export function listenNow<Incoming>(port: PortLike<Incoming, never>, listener: (message: Incoming) => void): void {
	if (receive === null) return;
	// This includes what is posted meanwhile, which the senders' credits and rings bound.
	for (let received = receive(port); received !== undefined; received = receive(port)) {
		listener(received.message as Incoming);
	}
}

function nodeReceive(): Receive | null {
	const { process } = globalThis as { readonly process?: { getBuiltinModule?(name: string): unknown } };
	const threads = process?.getBuiltinModule?.("node:worker_threads") as { receiveMessageOnPort?: Receive } | undefined;
	return threads?.receiveMessageOnPort ?? null;
}
