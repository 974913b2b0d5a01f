/** The part of a `MessagePort` that browsers, audio worklets and Node have in common. */
export interface PortLike<Incoming, Outgoing> {
	/** To be called by `send`: what can be transferred has another type on each platform. */
	postMessage(message: Outgoing, transfer: never[]): void;
	addEventListener(type: "message", listener: (event: { readonly data: Incoming }) => void): void;
	start(): void;
	close(): void;
	/** Node only: from here on the open port does not keep the process alive. */
	unref?(): void;
}

/** What changes threads instead of being copied. */
export type Transferred = ArrayBuffer | PortLike<unknown, never>;

/** Two ports, each of which receives what the other posts. */
export interface ChannelLike<One, Other> {
	readonly port1: PortLike<One, Other>;
	readonly port2: PortLike<Other, One>;
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

/** Null where messages come with turns alone. */
const receive: Receive | null = nodeReceive();

/**
 * Hears at once what waits at a port, where the platform can tell without a turn, which is Node: there a thread that never
 * waits still hears, and offline renders do not depend on turns.
 */
export function listenNow<Incoming>(port: PortLike<Incoming, never>, listener: (message: Incoming) => void): void {
	if (receive === null) return;
	// What is posted meanwhile is heard, too; the senders' credits and rings bound it.
	for (let received = receive(port); received !== undefined; received = receive(port)) {
		listener(received.message as Incoming);
	}
}

function nodeReceive(): Receive | null {
	const { process } = globalThis as { readonly process?: { getBuiltinModule?(name: string): unknown } };
	const threads = process?.getBuiltinModule?.("node:worker_threads") as { receiveMessageOnPort?: Receive } | undefined;
	return threads?.receiveMessageOnPort ?? null;
}
