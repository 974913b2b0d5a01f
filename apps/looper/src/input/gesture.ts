/** What a performer asks for, whatever they played it on. */
export type Gesture =
	| { readonly type: "trigger"; readonly pad: number; readonly velocity: number }
	| { readonly type: "stop"; readonly pad: number }
	| { readonly type: "stop-all" };
