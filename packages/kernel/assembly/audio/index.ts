import { HEADER } from "../../../engine/src/protocol/layout";

export function initialize(): void {
	store<i32>(HEADER, 0);
}
