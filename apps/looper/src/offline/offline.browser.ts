import type { Instrument } from "../instrument/instrument.ts";
import type { Sounding } from "../output/sounding.ts";
import type { TakeOver } from "./offline-build.ts";
import { QuietMoment } from "./quiet-moment.ts";

/** Set in a tab that has been reloaded to be isolated, whether or not it is. */
const reloadedKey = "flitzis-looper.reloaded";
const checkMs = 3_600_000;
const waitText = "It comes as soon as nothing sounds.";

/**
 * Keeps the app for times without a connection, has the page isolated where the server does not, and offers new versions.
 * Does nothing where there are no service workers.
 */
export async function attendOffline(sounding: Sounding, instrument: Instrument): Promise<void> {
	const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
	if (serviceWorker === undefined) return;
	const { notices, performance, poller } = instrument;
	const isRecording = (): boolean =>
		performance.frames !== null || (instrument.recording?.recorder.state ?? null) !== null;
	const quiet = new QuietMoment(() => sounding.isOn || isRecording());
	poller.readings.add(() => quiet.look());

	const reloadWhenQuiet = (text: string): void => {
		if (quiet.mustWait) notices.tell("info", text);
		quiet.run(() => location.reload());
	};
	if (serviceWorker.controller === null) isolateWith(serviceWorker, { quiet, instrument, reloadWhenQuiet });

	await serviceWorker.register(new URL("service-worker.js", document.baseURI), { updateViaCache: "none" });
	const registration = await serviceWorker.getRegistration();
	if (registration === undefined) return;
	const offer = (worker: ServiceWorker): void => {
		notices.offer("A new version is ready. Update reloads the page once nothing sounds.", "Update", () => {
			if (quiet.mustWait) notices.tell("info", waitText);
			quiet.run(() => {
				// Something may sound again by then.
				serviceWorker.addEventListener("controllerchange", () => quiet.run(() => location.reload()), { once: true });
				const turn: TakeOver = "take-over";
				worker.postMessage(turn);
			});
		});
	};
	const offerInstalled = (worker: ServiceWorker | null): void => {
		// The first version has nothing to wait for.
		if (worker?.state === "installed" && serviceWorker.controller !== null) offer(worker);
	};
	const follow = (worker: ServiceWorker | null): void =>
		worker?.addEventListener("statechange", () => offerInstalled(worker));
	offerInstalled(registration.waiting);
	follow(registration.installing);
	registration.addEventListener("updatefound", () => follow(registration.installing));
	setInterval(() => {
		if (navigator.onLine) registration.update().catch(() => {});
	}, checkMs);
}

/** What isolation needs. */
interface IsolationParts {
	readonly quiet: QuietMoment;
	readonly instrument: Instrument;
	readonly reloadWhenQuiet: (text: string) => void;
}

/** Reloads a page that is not isolated as soon as the service worker can isolate it. */
function isolateWith(
	serviceWorker: ServiceWorkerContainer,
	{ quiet, instrument, reloadWhenQuiet }: IsolationParts,
): void {
	if (crossOriginIsolated || wasReloaded()) return;
	const { notices } = instrument;
	const change = (): void => {
		// Only once, so that a browser that cannot do it is not reloaded for ever.
		if (!noteReload()) return;
		const isUntouched = !(navigator.userActivation?.hasBeenActive ?? true);
		// Files that are dropped are no activation.
		if (isUntouched && !quiet.mustWait && !instrument.history.canUndo) location.reload();
		else {
			const text = "The page can share memory with its audio thread now, which takes less of the processor.";
			notices.offer(text, "Reload", () => reloadWhenQuiet(waitText));
		}
	};
	serviceWorker.addEventListener("controllerchange", change, { once: true });
}

function wasReloaded(): boolean {
	try {
		return sessionStorage.getItem(reloadedKey) !== null;
	} catch {
		return true;
	}
}

/** @returns whether it was noted */
function noteReload(): boolean {
	try {
		sessionStorage.setItem(reloadedKey, "1");
		return true;
	} catch {
		return false;
	}
}
